-- Dropped columns leave gaps in the numbers by which keys and defaults know theirs; what is left moves up.
CREATE TABLE worn (
  gone_first integer,
  id integer PRIMARY KEY,
  zeta text DEFAULT 'z',
  gone_between text UNIQUE,
  alpha text NOT NULL,
  middle integer,
  beta text,
  doubled integer GENERATED ALWAYS AS (middle * 2) STORED,
  gamma text,
  CONSTRAINT worn_pair UNIQUE (gamma, alpha)
);
ALTER TABLE worn DROP COLUMN gone_first, DROP COLUMN gone_between;
ALTER TABLE worn ADD COLUMN added text DEFAULT 'a';
CREATE UNIQUE INDEX worn_added ON worn (added DESC, zeta);
