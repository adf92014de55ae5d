INSERT INTO events VALUES ('2026-05-01', 'ring', 1), ('2026-05-02', 'ring', 2);
