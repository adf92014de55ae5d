-- from PostgreSQL 18
CREATE TABLE rooms (room int4range, during daterange, CONSTRAINT rooms_key PRIMARY KEY (room, during));
CREATE TABLE stays (room int4range, during daterange);
ALTER TABLE stays ADD CONSTRAINT in_room FOREIGN KEY (room, during) REFERENCES rooms;

--- lead to a period, which only a key without overlaps has
ALTER TABLE stays DROP CONSTRAINT in_room;
ALTER TABLE rooms DROP CONSTRAINT rooms_key;
ALTER TABLE rooms ADD CONSTRAINT rooms_key PRIMARY KEY (room, during WITHOUT OVERLAPS);
ALTER TABLE stays ADD CONSTRAINT in_room FOREIGN KEY (room, PERIOD during) REFERENCES rooms (room, PERIOD during);
--> foreign key public.stays.in_room period: null / period
--> primary key public.rooms.rooms_key overlaps: null / without overlaps
