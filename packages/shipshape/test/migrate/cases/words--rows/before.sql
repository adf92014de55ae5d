CREATE TABLE call_log (id bigint PRIMARY KEY, status text, phone text);
INSERT INTO call_log SELECT n, 'new', '+972501234567' FROM generate_series(1, 200) n;
CREATE TABLE lead (id bigint);
