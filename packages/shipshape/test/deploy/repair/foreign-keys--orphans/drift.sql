ALTER TABLE calls DROP CONSTRAINT caller_is_there;
INSERT INTO calls VALUES (2, 17), (3, NULL);
