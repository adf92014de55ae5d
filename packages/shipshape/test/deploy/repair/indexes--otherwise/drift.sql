DROP INDEX by_sid;
CREATE INDEX by_sid ON calls (sid);
-- As a build that failed leaves it behind.
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_mode'::regclass;
