CREATE FUNCTION days_apart(date, date) RETURNS double precision LANGUAGE sql IMMUTABLE RETURN ($1 - $2)::double precision;
CREATE TYPE float_range AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
CREATE TYPE stay AS RANGE (SUBTYPE = date, SUBTYPE_DIFF = days_apart, MULTIRANGE_TYPE_NAME = stays);
CREATE TYPE word_range AS RANGE (SUBTYPE = text, COLLATION = "C", SUBTYPE_OPCLASS = text_pattern_ops);
CREATE TABLE rooms (id integer PRIMARY KEY, taken stay, free stays);
