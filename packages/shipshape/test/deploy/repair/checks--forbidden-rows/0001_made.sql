CREATE TABLE calls (id bigint PRIMARY KEY, cost numeric CONSTRAINT cost_is_one CHECK (cost >= 0));
