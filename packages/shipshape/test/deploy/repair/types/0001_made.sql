CREATE TABLE calls (id bigint PRIMARY KEY, mode varchar(8), cost numeric(10,2), seconds bigint, at timestamptz);
