CREATE TABLE positions (
  id integer CONSTRAINT positions_identity PRIMARY KEY,
  rank integer UNIQUE DEFERRABLE,
  slot integer UNIQUE DEFERRABLE INITIALLY DEFERRED,
  place integer UNIQUE
);
