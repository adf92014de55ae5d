CREATE TYPE point3 AS (x double precision, y double precision, z double precision);
CREATE TYPE label AS (text text COLLATE "C", lang char(2));
CREATE TYPE pin AS (at point3, labels label[]);
CREATE TABLE pins (id integer PRIMARY KEY, pin pin);
