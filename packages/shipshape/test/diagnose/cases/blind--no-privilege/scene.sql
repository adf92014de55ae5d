--- declared
CREATE TABLE call_log (id integer PRIMARY KEY);
CREATE TABLE call_stream (id integer PRIMARY KEY);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY);
CREATE TABLE call_stream (id integer PRIMARY KEY);
--- read as app
