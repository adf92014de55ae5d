CREATE TABLE owners (id bigint PRIMARY KEY, code text UNIQUE);
CREATE TABLE pets (
  id bigint PRIMARY KEY,
  nothing bigint CONSTRAINT says_nothing REFERENCES owners,
  restricted bigint CONSTRAINT restricts REFERENCES owners ON DELETE RESTRICT ON UPDATE RESTRICT,
  cascaded bigint CONSTRAINT cascades REFERENCES owners ON DELETE CASCADE ON UPDATE CASCADE,
  nulled bigint CONSTRAINT nulls REFERENCES owners ON DELETE SET NULL ON UPDATE NO ACTION,
  defaulted text DEFAULT 'x' CONSTRAINT defaults REFERENCES owners (code) ON DELETE SET DEFAULT ON UPDATE SET NULL
);
