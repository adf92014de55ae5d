CREATE TABLE flights (
  id integer,
  code text,
  during tsrange,
  seat int4range,
  CONSTRAINT flights_key PRIMARY KEY (id) INCLUDE (code),
  CONSTRAINT flights_code UNIQUE (code) INCLUDE (during, seat),
  CONSTRAINT flights_seat UNIQUE (seat, during WITHOUT OVERLAPS)
);
CREATE TABLE legs (
  flight integer,
  a integer,
  b integer,
  seat int4range,
  during tsrange,
  CONSTRAINT legs_flight FOREIGN KEY (flight) REFERENCES flights NOT ENFORCED,
  CONSTRAINT legs_seat FOREIGN KEY (seat, PERIOD during) REFERENCES flights (seat, PERIOD during),
  CONSTRAINT legs_late CHECK (a < b) NOT ENFORCED
);
CREATE TABLE pairs (a integer, b integer, PRIMARY KEY (a, b) DEFERRABLE);
CREATE TABLE singles (c integer, d integer, UNIQUE (c, d));
CREATE TABLE followers (
  a integer,
  b integer,
  CONSTRAINT followers_pair FOREIGN KEY (a, b) REFERENCES singles (c, d) MATCH FULL ON DELETE SET NULL (b)
);
