CREATE TABLE call_log (id bigint, recording_mode varchar(32), mode text, "case" text);
CREATE INDEX call_log_id ON call_log (id);
CREATE TYPE mood AS ENUM ('sad');
CREATE SEQUENCE counter;
CREATE SCHEMA audit;
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int REFERENCES parent);
