-- A foreign table is named by its own word.
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER "Far Away" FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE afar (id integer NOT NULL) SERVER "Far Away";
COMMENT ON FOREIGN TABLE afar IS 'elsewhere';
COMMENT ON COLUMN afar.id IS 'theirs';
