CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, c text, r int4range NOT NULL, d tsrange NOT NULL);
ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (a, b);
ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE (b, c);
ALTER TABLE t ADD CONSTRAINT t_range UNIQUE (r, d);
CREATE TABLE bare (a integer NOT NULL);
CREATE TABLE u (r int4range NOT NULL, d tsrange NOT NULL, CONSTRAINT u_key PRIMARY KEY (r, d));

--- drop a primary key
ALTER TABLE t DROP CONSTRAINT t_key;
--> primary key public.t.t_key missing

--- add a primary key
ALTER TABLE bare ADD CONSTRAINT bare_key PRIMARY KEY (a);
--> primary key public.bare.bare_key unexpected

--- rename keys
ALTER TABLE t RENAME CONSTRAINT t_key TO key_of_t;
ALTER TABLE t RENAME CONSTRAINT t_unique TO unique_in_t;

--- key other columns
ALTER TABLE t DROP CONSTRAINT t_key;
ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (a);
--> primary key public.t.t_key columns: a, b / a

--- key columns in another order
ALTER TABLE t DROP CONSTRAINT t_key;
ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (b, a);
--> primary key public.t.t_key column order: a, b / b, a

--- carry a column in a primary key
ALTER TABLE t DROP CONSTRAINT t_key;
ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (a, b) INCLUDE (c);
--> primary key public.t.t_key include: null / c

--- defer a primary key
ALTER TABLE t DROP CONSTRAINT t_key;
ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (a, b) DEFERRABLE;
--> primary key public.t.t_key deferrability: not deferrable / deferrable

--- key without overlaps (from PostgreSQL 18)
ALTER TABLE u DROP CONSTRAINT u_key;
ALTER TABLE u ADD CONSTRAINT u_key PRIMARY KEY (r, d WITHOUT OVERLAPS);
--> primary key public.u.u_key overlaps: null / without overlaps

--- drop a unique key
ALTER TABLE t DROP CONSTRAINT t_unique;
--> unique key public.t.t_unique missing

--- add a unique key
ALTER TABLE t ADD CONSTRAINT t_more UNIQUE (c);
--> unique key public.t.t_more unexpected

--- make other columns unique
ALTER TABLE t DROP CONSTRAINT t_unique;
ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE (b);
--> unique key public.t.t_unique columns: b, c / b

--- make columns unique in another order
ALTER TABLE t DROP CONSTRAINT t_unique;
ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE (c, b);
--> unique key public.t.t_unique column order: b, c / c, b

--- take nulls as equal (from PostgreSQL 15)
ALTER TABLE t DROP CONSTRAINT t_unique;
ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE NULLS NOT DISTINCT (b, c);
--> unique key public.t.t_unique nulls distinct: nulls distinct / nulls not distinct

--- carry a column in a unique key
ALTER TABLE t DROP CONSTRAINT t_unique;
ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE (b, c) INCLUDE (a);
--> unique key public.t.t_unique include: null / a

--- defer a unique key
ALTER TABLE t DROP CONSTRAINT t_unique;
ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE (b, c) DEFERRABLE INITIALLY DEFERRED;
--> unique key public.t.t_unique deferrability: not deferrable / initially deferred

--- unique without overlaps (from PostgreSQL 18)
ALTER TABLE t DROP CONSTRAINT t_range;
ALTER TABLE t ADD CONSTRAINT t_range UNIQUE (r, d WITHOUT OVERLAPS);
--> unique key public.t.t_range overlaps: null / without overlaps

--- make a unique key a unique index
ALTER TABLE t DROP CONSTRAINT t_unique;
CREATE UNIQUE INDEX t_b_c ON t (b, c);
