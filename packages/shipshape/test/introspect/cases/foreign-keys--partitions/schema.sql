-- PostgreSQL keeps copies of a foreign key for each partition of the table it leads to: told once.
-- A partition has the keys of its table as its own.
CREATE TABLE years (year integer PRIMARY KEY);
CREATE TABLE months (month date PRIMARY KEY, year integer CONSTRAINT in_year REFERENCES years) PARTITION BY RANGE (month);
CREATE TABLE months_2026 PARTITION OF months FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE months_2027 PARTITION OF months FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
CREATE TABLE invoices (id integer PRIMARY KEY, month date CONSTRAINT in_month REFERENCES months);
