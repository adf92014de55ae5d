-- from PostgreSQL 18
CREATE TABLE rooms (room int4range, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
CREATE TABLE prices (
  room int4range, during daterange, price integer,
  CONSTRAINT one_price UNIQUE (room, during WITHOUT OVERLAPS) DEFERRABLE
);
CREATE TABLE stays (
  room int4range, during daterange,
  CONSTRAINT in_room FOREIGN KEY (room, PERIOD during) REFERENCES rooms (room, PERIOD during)
);
