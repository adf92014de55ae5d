CREATE SCHEMA other;
CREATE TABLE named (name text NOT NULL);
CREATE TABLE other.dated (day date DEFAULT '2026-01-01');
CREATE TABLE child (own integer) INHERITS (other.dated, named);
CREATE TABLE grandchild () INHERITS (child);
