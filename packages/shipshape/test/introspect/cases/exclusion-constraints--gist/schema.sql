CREATE TABLE bookings (
  room integer,
  during tsrange,
  seats int4range,
  cancelled boolean DEFAULT false,
  CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&) WHERE (NOT cancelled),
  CONSTRAINT late EXCLUDE USING gist (seats WITH &&, during WITH -|-) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT same_room EXCLUDE USING btree ((room % 100) WITH =) INCLUDE (cancelled)
);
