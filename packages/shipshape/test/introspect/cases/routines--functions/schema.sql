CREATE TYPE mood AS ENUM ('calm');
CREATE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT a + b';
CREATE FUNCTION add(text, VARIADIC others text[]) RETURNS text LANGUAGE sql AS $$ SELECT $1 || array_to_string(others, ';') $$;
CREATE FUNCTION atomic(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT n + 1; END;
CREATE FUNCTION nothing() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path TO public AS $body$
BEGIN
  RAISE NOTICE 'it''s %', 1;
END
$body$;
CREATE FUNCTION parts(INOUT total numeric, OUT half numeric) LANGUAGE sql STRICT COST 5 AS 'SELECT total, total / 2';
CREATE FUNCTION rows_of(mood[]) RETURNS TABLE (one mood, "the number" bigint) LANGUAGE sql STABLE ROWS 3 AS
  'SELECT each, 1::bigint FROM unnest($1) AS each';
CREATE FUNCTION many() RETURNS SETOF integer LANGUAGE sql AS 'VALUES (1), (2)';
CREATE FUNCTION ranked() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE PROCEDURE "Do It"(IN n integer, INOUT m integer DEFAULT NULL) LANGUAGE plpgsql AS $$ BEGIN m := n; END $$;
CREATE SCHEMA other;
CREATE FUNCTION other.feeling(m mood DEFAULT 'calm') RETURNS mood LANGUAGE sql RETURN m;
COMMENT ON FUNCTION add(integer, integer) IS 'adds';
COMMENT ON PROCEDURE "Do It" IS 'does it';
