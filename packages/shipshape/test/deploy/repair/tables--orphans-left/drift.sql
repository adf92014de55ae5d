-- The table comes back empty, and so the calls lead to nobody.
DROP TABLE people CASCADE;
