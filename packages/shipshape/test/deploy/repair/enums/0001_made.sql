CREATE TYPE state AS ENUM ('new', 'ringing', 'answered', 'done');
CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE TABLE calls (id bigint PRIMARY KEY, state state DEFAULT 'ringing', mood mood);
