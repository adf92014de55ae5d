-- migrate:up
CREATE TABLE users (id serial PRIMARY KEY);

-- migrate:down
DROP TABLE users;
