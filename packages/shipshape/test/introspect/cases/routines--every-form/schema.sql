-- Routines of one name are told apart by what they take.
CREATE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT a + b';
CREATE FUNCTION add(a text, VARIADIC b text[]) RETURNS text LANGUAGE sql AS 'SELECT a || array_to_string(b, '','')';
CREATE FUNCTION pairs(n integer) RETURNS TABLE (one integer, two text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT g, g::text FROM generate_series(1, n) g;
END $$;
CREATE FUNCTION standard(n integer) RETURNS integer RETURN n * 2;
CREATE PROCEDURE clean(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN n := 0; END $$;
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE every_one(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
