CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE calls (id bigint PRIMARY KEY, person bigint NOT NULL REFERENCES people);
