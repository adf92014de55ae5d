INSERT INTO calls SELECT i, 'CA' || i, '' FROM generate_series(1, 10) i;
