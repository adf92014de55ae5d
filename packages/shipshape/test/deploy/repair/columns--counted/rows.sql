INSERT INTO calls (sid) SELECT 'CA' || i FROM generate_series(1, 20) i;
