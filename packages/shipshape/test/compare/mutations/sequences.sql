CREATE SEQUENCE s;
CREATE TABLE t (a bigint, b bigint);

--- drop a sequence
DROP SEQUENCE s;
--> sequence public.s missing

--- create a sequence
CREATE SEQUENCE more;
--> sequence public.more unexpected

--- rename a sequence
ALTER SEQUENCE s RENAME TO numbers;
--> sequence public.numbers unexpected
--> sequence public.s missing

--- count otherwise
ALTER SEQUENCE s INCREMENT BY 5 MAXVALUE 100 CYCLE;
--> sequence public.s options: null / cycle true, increment 5, max 100

--- narrow
ALTER SEQUENCE s AS integer;
--> sequence public.s options: null / type integer

--- belong to a column
ALTER SEQUENCE s OWNED BY t.a;
--> sequence public.s owned by: null / public.t.a

--- fill a column and belong to it
ALTER SEQUENCE s OWNED BY t.a;
ALTER TABLE t ALTER a SET DEFAULT nextval('s');
--> column public.t.a default: null / next value of a sequence
--> sequence public.s missing

--- draw numbers
SELECT nextval('s'), nextval('s');
