-- A domain's checks, default and nullability are its own; a domain may stand on a domain.
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE LIKE '%@%') CONSTRAINT is_short CHECK (length(VALUE) < 255);
CREATE DOMAIN work_email AS email DEFAULT 'nobody@example.org' NOT NULL;
CREATE DOMAIN code AS varchar(8) COLLATE "C";
CREATE DOMAIN price AS numeric(10,2);
ALTER DOMAIN price ADD CONSTRAINT not_negative CHECK (VALUE >= 0) NOT VALID;
CREATE TABLE staff (id integer PRIMARY KEY, address work_email, codes code[]);
