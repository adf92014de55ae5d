--- declared
CREATE TABLE call_log (id integer PRIMARY KEY);
CREATE TABLE call_stream (id integer PRIMARY KEY);
--- migration 0050_baseline
CREATE TABLE call_log (id integer PRIMARY KEY);
CREATE TABLE call_stream (id integer PRIMARY KEY);
