INSERT INTO calls VALUES (1, 1, 'CA1'), (2, 1, 'CA2');
