--- declared
CREATE TABLE booking (id integer PRIMARY KEY, room integer NOT NULL, day date NOT NULL, code text NOT NULL, seat integer);
CREATE UNIQUE INDEX booking_seat ON booking (day, seat);
CREATE UNIQUE INDEX booking_once ON booking (room, day);
ALTER TABLE booking ADD CONSTRAINT code_is_unique UNIQUE (code);
--- migration 0050_baseline applied
CREATE TABLE booking (id integer PRIMARY KEY, room integer NOT NULL, day date NOT NULL, code text NOT NULL);
CREATE UNIQUE INDEX booking_once ON booking (room, day);
ALTER TABLE booking ADD CONSTRAINT code_is_unique UNIQUE (code);
--- migration 0051_seats
ALTER TABLE booking ADD COLUMN seat integer;
CREATE UNIQUE INDEX booking_seat ON booking (day, seat);
--- by hand
DROP INDEX booking_once;
ALTER TABLE booking DROP CONSTRAINT code_is_unique;
