INSERT INTO calls SELECT i, NULL FROM generate_series(1, 5) i;
