CREATE COLLATION german (provider = icu, locale = 'de');
CREATE DOMAIN plain AS integer;
CREATE DOMAIN positive AS integer NOT NULL DEFAULT 1 CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE DOMAIN mail AS varchar(80) CHECK (VALUE ~ '@') CONSTRAINT "a short one" CHECK (length(VALUE) < 70);
CREATE DOMAIN word AS text COLLATE german DEFAULT 'x' || 'y';
CREATE DOMAIN numbers AS numeric(6, 2)[];
CREATE DOMAIN more_positive AS positive CHECK (VALUE > 10);
ALTER DOMAIN plain ADD CONSTRAINT later CHECK (VALUE <> 0) NOT VALID;
CREATE TABLE used (a positive, b mail, c more_positive DEFAULT 20);
