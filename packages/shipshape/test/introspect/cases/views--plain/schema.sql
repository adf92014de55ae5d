CREATE TYPE mood AS ENUM ('calm');
CREATE TABLE people (id integer PRIMARY KEY, name varchar(20), feels mood);
CREATE VIEW named AS SELECT id, name AS "full name", upper(name) AS loud FROM people WHERE name <> 'it''s;';
CREATE VIEW counted (feels, many) AS SELECT p.feels, count(*) FROM people p GROUP BY p.feels;
CREATE VIEW constants AS SELECT 1.5::numeric(4, 2) AS price, now() AS at, ARRAY[1] AS numbers;
CREATE RECURSIVE VIEW steps (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM steps WHERE n < 3;
CREATE SCHEMA other;
CREATE VIEW other.joined AS SELECT a.id, b."full name" FROM people a JOIN public.named b ON b.id = a.id;
ALTER VIEW named RENAME COLUMN loud TO shouted;
