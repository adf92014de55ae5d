--- without snapshot
--- declared
CREATE TABLE call_log (id integer PRIMARY KEY, recording_mode varchar(32));
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY);
--- migration 0051_modes
ALTER TABLE call_log ADD COLUMN recording_mode varchar(32);
