CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION ranked() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE PROCEDURE clean(n integer) LANGUAGE plpgsql AS $$ BEGIN END $$;

REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;

--- drop a function
DROP FUNCTION f;
--> routine public.f(a integer) missing

--- create a function of the same name
CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
--> routine public.f(a text) unexpected

--- drop a procedure
DROP PROCEDURE clean;
--> routine public.clean(IN n integer) missing

--- drop an aggregate
DROP AGGREGATE total(integer);
--> routine public.total(integer) missing

--- name an argument otherwise
DROP FUNCTION f;
CREATE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'SELECT b';
--> routine public.f(a integer) missing
--> routine public.f(b integer) unexpected

--- make a window function a function
DROP FUNCTION ranked;
CREATE FUNCTION ranked() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
--> routine public.ranked() form: window function / function

--- return something else
DROP FUNCTION f;
CREATE FUNCTION f(a integer) RETURNS bigint LANGUAGE sql AS 'SELECT a';
--> privilege of "PUBLIC" on routine public.f(a integer) unexpected
--> routine public.f(a integer) returns: integer / bigint

--- do something else
CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
--> routine public.f(a integer) definition: CREATE OR REPLACE FUNCTION public.f(a integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$SELECT a$function$ / CREATE OR REPLACE FUNCTION public.f(a integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$SELECT a + 1$function$

--- promise more
ALTER FUNCTION f STABLE;
--> routine public.f(a integer) definition: CREATE OR REPLACE FUNCTION public.f(a integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$SELECT a$function$ / CREATE OR REPLACE FUNCTION public.f(a integer)\n RETURNS integer\n LANGUAGE sql\n STABLE\nAS $function$SELECT a$function$

--- sum from another number
DROP AGGREGATE total(integer);
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1');
--> routine public.total(integer) definition: CREATE AGGREGATE public.total(integer) (\n  SFUNC = int4pl,\n  STYPE = integer,\n  INITCOND = '0'\n) / CREATE AGGREGATE public.total(integer) (\n  SFUNC = int4pl,\n  STYPE = integer,\n  INITCOND = '1'\n)
