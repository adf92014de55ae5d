-- No order of creation satisfies these while the keys are part of the tables.
CREATE TABLE a_chicken (id integer PRIMARY KEY, egg integer);
CREATE TABLE b_egg (id integer PRIMARY KEY, chicken integer REFERENCES a_chicken, twin integer REFERENCES b_egg);
ALTER TABLE a_chicken ADD FOREIGN KEY (egg) REFERENCES b_egg ON DELETE SET NULL;
