INSERT INTO calls (id, sid) SELECT i, 'CA' || i FROM generate_series(1, 100) i;
