-- Bodies of SQL are bound to what they call when they are made: overloads that call each other, in no order that names tell.
CREATE FUNCTION size(value text) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT length(value); END;
CREATE FUNCTION size(value integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT size(value::text); END;
CREATE FUNCTION size(value bigint) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT size(value::integer); END;
CREATE FUNCTION all_sizes(a text, b bigint DEFAULT 1) RETURNS integer LANGUAGE sql
  BEGIN ATOMIC SELECT size(a) + size(b); END;
-- Made while the bodies of functions were not looked at: it names what is not there.
SET check_function_bodies = off;
CREATE FUNCTION wrong() RETURNS integer LANGUAGE sql AS 'SELECT nowhere()';
RESET check_function_bodies;
