--- declared
CREATE TABLE call_log (id integer PRIMARY KEY);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY);
--- by hand
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--- read as app
