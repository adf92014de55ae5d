-- from PostgreSQL 17
CREATE COLLATION plain (provider = builtin, locale = 'C.UTF-8');
