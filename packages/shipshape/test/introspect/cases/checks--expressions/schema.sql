CREATE TABLE checked (
  low integer CHECK (low > 0),
  high integer,
  state text CONSTRAINT known_state CHECK (state IN ('open', 'closed')),
  mail text,
  CONSTRAINT ordered CHECK (low < high OR high IS NULL),
  CONSTRAINT "looks like mail" CHECK (mail ~ '^[^@\s]+@[^@]+$')
);
