INSERT INTO calls SELECT i, 'CA' || i, 'dual', '{a}' FROM generate_series(1, 10) i;
