INSERT INTO calls (id) VALUES (1);
