-- foreseen from PostgreSQL 16
-- Before that it is refused when the rows are written anew.
ALTER TABLE calls ALTER mode TYPE text, ALTER seconds TYPE text;
INSERT INTO calls VALUES (2, 'much too long for it', 'twelve'), (3, 'dual', 'many');
