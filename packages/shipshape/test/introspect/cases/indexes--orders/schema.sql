CREATE TABLE calls (tenant bigint, at timestamptz, sid text, cost numeric);
CREATE INDEX plain ON calls (tenant);
CREATE UNIQUE INDEX one_sid ON calls (sid);
CREATE INDEX newest ON calls (tenant, at DESC);
CREATE INDEX newest_nulls_last ON calls (at DESC NULLS LAST, sid NULLS FIRST);
