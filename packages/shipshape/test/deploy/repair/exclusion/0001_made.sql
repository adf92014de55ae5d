CREATE EXTENSION btree_gist;
CREATE TABLE bookings (room integer, during tstzrange, CONSTRAINT no_two EXCLUDE USING gist (room WITH =, during WITH &&));
