--- declared
CREATE TABLE booking (room int4range NOT NULL, during daterange NOT NULL, code text NOT NULL, id integer PRIMARY KEY,
  UNIQUE (code), UNIQUE (room, during));
--- migration 0050_baseline applied
CREATE TABLE booking (room int4range NOT NULL, during daterange NOT NULL, code text NOT NULL, id integer PRIMARY KEY,
  UNIQUE (code), CONSTRAINT apart UNIQUE (room, during WITHOUT OVERLAPS));
--- by hand
ALTER TABLE booking DROP CONSTRAINT booking_pkey, DROP CONSTRAINT booking_code_key;
ALTER TABLE booking ADD CONSTRAINT by_id PRIMARY KEY (id) DEFERRABLE;
ALTER TABLE booking ADD CONSTRAINT by_code UNIQUE (code) DEFERRABLE INITIALLY DEFERRED;
