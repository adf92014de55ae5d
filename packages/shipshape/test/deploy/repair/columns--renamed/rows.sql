INSERT INTO calls VALUES (1, 'dual');
