ALTER TABLE calls ALTER sid DROP NOT NULL;
INSERT INTO calls (id) VALUES (8), (9);
-- What does not depend on it comes back all the same.
ALTER TABLE calls ALTER note DROP DEFAULT;
