-- migrate:up
CREATE TABLE users (id serial PRIMARY KEY, email text);
CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM users;
INSERT INTO users SELECT * FROM kept;
-- migrate:down
DROP TABLE users;
