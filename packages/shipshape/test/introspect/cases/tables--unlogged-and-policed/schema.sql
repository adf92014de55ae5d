CREATE UNLOGGED TABLE cache (key text PRIMARY KEY, value jsonb);
CREATE TABLE secrets (id integer PRIMARY KEY);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE TABLE virtual (a integer, twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL, thrice integer GENERATED ALWAYS AS (a * 3) STORED);
