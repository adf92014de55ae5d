--- declared
CREATE TABLE call_log (id integer PRIMARY KEY, duration integer);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY, duration integer, old_mode text, older_mode text NOT NULL DEFAULT '');
CREATE INDEX by_old_mode ON call_log (old_mode);
CREATE TABLE audit (id integer PRIMARY KEY);
--- migration 0051_pending
CREATE TABLE not_yet (id integer);
ALTER TABLE call_log ALTER COLUMN older_mode SET DEFAULT 'x';
--- by hand
DROP INDEX by_old_mode;
ALTER TABLE call_log DROP COLUMN old_mode, ALTER COLUMN older_mode DROP NOT NULL, ALTER COLUMN duration TYPE bigint;
DROP TABLE audit;
CREATE TABLE unmanaged (id integer PRIMARY KEY);
ALTER TABLE call_log ADD COLUMN unmanaged text;
