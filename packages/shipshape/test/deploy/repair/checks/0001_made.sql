CREATE TABLE calls (id bigint PRIMARY KEY, cost numeric CONSTRAINT cost_is_one CHECK (cost >= 0), seconds integer,
  CONSTRAINT short CHECK (seconds < 86400));
ALTER TABLE calls ADD CONSTRAINT later CHECK (id > 5) NOT VALID;
