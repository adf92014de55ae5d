ALTER TABLE events DROP CONSTRAINT person_is_there;
ALTER TABLE notes DROP CONSTRAINT of_an_event;
-- Takes the one of the partition with it.
ALTER TABLE events DROP CONSTRAINT events_pkey;
