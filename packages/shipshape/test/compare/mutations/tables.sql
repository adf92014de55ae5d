CREATE TABLE plain (a integer);
CREATE TABLE parent (a integer);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE other (a integer);
CREATE TABLE spread (a integer) PARTITION BY LIST (a);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES IN (1);
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
CREATE SERVER farther FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE afar (a integer) SERVER far;
CREATE UNLOGGED TABLE rich (
  id serial PRIMARY KEY, "order" integer GENERATED ALWAYS AS IDENTITY (START WITH 5), a integer UNIQUE DEFERRABLE,
  b integer REFERENCES rich, twice integer GENERATED ALWAYS AS (a * 2) STORED,
  EXCLUDE USING btree ("order" WITH =)
);
ALTER TABLE rich ADD CONSTRAINT small CHECK (a < 9) NOT VALID;
ALTER SEQUENCE rich_id_seq INCREMENT BY 2;
CREATE INDEX by_order ON rich ("order" DESC);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER stamped BEFORE INSERT ON rich FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE rich DISABLE TRIGGER stamped;
ALTER TABLE rich ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY small ON rich FOR SELECT TO pg_monitor USING (a < 9);
COMMENT ON TABLE rich IS 'it''s rich';
COMMENT ON COLUMN rich."order" IS 'where it stands';
GRANT SELECT, UPDATE (a) ON rich TO pg_monitor;
ALTER TABLE rich OWNER TO pg_read_all_data;

--- drop a table
DROP TABLE plain;
--> table public.plain missing

--- drop a table with all that hangs on it
DROP TABLE rich;
--> table public.rich missing

--- drop a partition
DROP TABLE spread_1;
--> table public.spread_1 missing

--- drop a partitioned table
DROP TABLE spread;
--> table public.spread missing
--> table public.spread_1 missing

--- drop an heir
DROP TABLE child;
--> table public.child missing

--- create a table
CREATE TABLE more (a integer PRIMARY KEY);
--> table public.more unexpected

--- rename a table
ALTER TABLE plain RENAME TO plains;
--> table public.plain missing, renamed to table public.plains
--> table public.plains unexpected

--- spread rows otherwise
DROP TABLE spread;
CREATE TABLE spread (a integer) PARTITION BY RANGE (a);
CREATE TABLE spread_1 (a integer);
--> table public.spread partition key: LIST (a) / RANGE (a)
--> table public.spread_1 partition of: public.spread FOR VALUES IN (1) / null

--- spread rows that were not spread
DROP TABLE plain;
CREATE TABLE plain (a integer) PARTITION BY RANGE (a);
--> table public.plain partition key: null / RANGE (a)

--- attach a partition otherwise
ALTER TABLE spread DETACH PARTITION spread_1;
ALTER TABLE spread ATTACH PARTITION spread_1 FOR VALUES IN (1, 2);
--> table public.spread_1 partition of: public.spread FOR VALUES IN (1) / public.spread FOR VALUES IN (1, 2)

--- detach a partition
ALTER TABLE spread DETACH PARTITION spread_1;
--> table public.spread_1 partition of: public.spread FOR VALUES IN (1) / null

--- inherit no more
ALTER TABLE child NO INHERIT parent;
--> table public.child inherits: public.parent / null

--- inherit from one more
ALTER TABLE child INHERIT other;
--> table public.child inherits: public.parent / public.parent, public.other

--- enable row security
ALTER TABLE plain ENABLE ROW LEVEL SECURITY;
--> table public.plain row security: null / enabled

--- enable and force row security
ALTER TABLE plain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> table public.plain row security: null / forced

--- log no more
ALTER TABLE plain SET UNLOGGED;
--> table public.plain persistence: null / unlogged

--- move a foreign table to another server
DROP FOREIGN TABLE afar;
CREATE FOREIGN TABLE afar (a integer) SERVER farther;
--> table public.afar foreign server: far / farther

--- make a foreign table a table
DROP FOREIGN TABLE afar;
CREATE TABLE afar (a integer);
--> table public.afar foreign server: far / null
