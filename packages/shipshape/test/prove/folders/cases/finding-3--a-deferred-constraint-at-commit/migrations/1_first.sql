-- migrate:up
CREATE TABLE users (id serial PRIMARY KEY, email text);
CREATE TABLE note (by int REFERENCES users DEFERRABLE INITIALLY DEFERRED);
INSERT INTO note VALUES (1);
-- migrate:down
