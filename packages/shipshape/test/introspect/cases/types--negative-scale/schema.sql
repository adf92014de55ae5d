-- from PostgreSQL 15
CREATE TABLE measure (thousands numeric(5, -3));
