--- declared
CREATE TABLE call_log (id integer PRIMARY KEY);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY, "tenant Id" integer NOT NULL);
--- by hand
ALTER TABLE call_log ADD COLUMN by_hand text NOT NULL;
