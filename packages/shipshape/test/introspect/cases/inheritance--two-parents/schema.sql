CREATE TABLE named (name text NOT NULL, CONSTRAINT has_name CHECK (name <> ''));
CREATE TABLE dated (made date DEFAULT CURRENT_DATE, CONSTRAINT only_here CHECK (made > '2000-01-01') NO INHERIT);
CREATE TABLE files (size bigint) INHERITS (named, dated);
