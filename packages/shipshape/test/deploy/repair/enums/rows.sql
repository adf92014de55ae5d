INSERT INTO calls VALUES (1, 'new', 'cross');
