--- declared
CREATE TABLE call_log (id integer PRIMARY KEY);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY);
--- by hand
DROP TABLE call_log;
CREATE TABLE somebody_elses (id integer PRIMARY KEY);
