CREATE TABLE calls (id bigint PRIMARY KEY, mode varchar(8), seconds integer);
