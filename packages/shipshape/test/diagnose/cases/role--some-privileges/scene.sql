--- declared
CREATE TABLE call_log (id integer PRIMARY KEY);
CREATE TABLE call_stream (id integer PRIMARY KEY);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY);
CREATE TABLE call_stream (id integer PRIMARY KEY);
--- by hand
GRANT SELECT, INSERT, UPDATE, DELETE ON call_log TO app;
GRANT SELECT ON call_stream TO app;
--- read as app
