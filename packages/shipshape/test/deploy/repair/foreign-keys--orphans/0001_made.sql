CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE calls (id bigint PRIMARY KEY, caller bigint CONSTRAINT caller_is_there REFERENCES people);
