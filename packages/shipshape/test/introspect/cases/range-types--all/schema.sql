CREATE TYPE floats AS RANGE (subtype = double precision, subtype_diff = float8mi);
CREATE TYPE words AS RANGE (subtype = text, collation = "C", subtype_opclass = text_pattern_ops, multirange_type_name = many_words);
CREATE SCHEMA other;
CREATE TYPE other.whole;
CREATE FUNCTION other.whole_canonical(other.whole) RETURNS other.whole LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE other.whole AS RANGE (subtype = integer, canonical = other.whole_canonical);
CREATE TABLE spans (a floats, b many_words);
