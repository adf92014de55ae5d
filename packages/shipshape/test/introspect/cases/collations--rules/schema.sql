-- from PostgreSQL 16
CREATE COLLATION swapped (provider = icu, locale = 'und', rules = '&V << w <<< W');
