INSERT INTO calls SELECT i, 'CA' || i, i FROM generate_series(1, 10) i; INSERT INTO legs VALUES ('CA1', 1);
