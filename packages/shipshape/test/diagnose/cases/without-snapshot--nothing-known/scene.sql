--- without snapshot
--- declared
CREATE TABLE call_log (id integer PRIMARY KEY, recording_mode varchar(32), duration integer);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY, duration smallint);
