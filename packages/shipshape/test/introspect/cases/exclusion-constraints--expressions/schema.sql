CREATE TABLE booking (id integer, starts timestamp NOT NULL, ends timestamp NOT NULL, room text NOT NULL);
ALTER TABLE booking ADD CONSTRAINT free EXCLUDE USING gist (tsrange(starts, ends) WITH &&) WHERE (room <> 'hall');
ALTER TABLE booking ADD CONSTRAINT one EXCLUDE (lower(room) WITH =, ((id + 1)) WITH =);
ALTER TABLE booking ADD CONSTRAINT cast_one EXCLUDE USING btree ((room::varchar(3)) COLLATE "C" WITH =);
