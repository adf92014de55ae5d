INSERT INTO calls SELECT i, i, i FROM generate_series(6, 10) i;
