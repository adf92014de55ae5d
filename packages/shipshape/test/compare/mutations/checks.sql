CREATE TABLE t (a integer, r int4range, n text);
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT alone EXCLUDE USING gist (r WITH &&);
ALTER TABLE t ADD CONSTRAINT other EXCLUDE USING btree (a WITH =);

--- drop a check
ALTER TABLE t DROP CONSTRAINT positive;
--> check public.t.positive missing

--- add a check
ALTER TABLE t ADD CONSTRAINT small CHECK (a < 9);
--> check public.t.small unexpected

--- rename a check
ALTER TABLE t RENAME CONSTRAINT positive TO is_positive;

--- check otherwise
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t ADD CONSTRAINT positive CHECK (a >= 0);
--> check public.t.positive expression: (a > 0) / (a >= 0)

--- check here only
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NO INHERIT;
--> check public.t.positive inheritance: null / no inherit

--- do not validate
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
--> check public.t.positive validity: valid / not valid

--- do not enforce (from PostgreSQL 18)
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT ENFORCED;
--> check public.t.positive enforcement: null / not enforced

--- drop an exclusion constraint
ALTER TABLE t DROP CONSTRAINT alone;
--> exclusion constraint public.t.alone missing

--- add an exclusion constraint
ALTER TABLE t ADD CONSTRAINT named EXCLUDE (n WITH =);
--> exclusion constraint public.t.named unexpected

--- rename an exclusion constraint
ALTER TABLE t RENAME CONSTRAINT alone TO lonely;

--- exclude by another operator
ALTER TABLE t DROP CONSTRAINT alone;
ALTER TABLE t ADD CONSTRAINT alone EXCLUDE USING gist (r WITH -|-);
--> exclusion constraint public.t.alone elements: r with && / r with -|-

--- exclude by another method
ALTER TABLE t DROP CONSTRAINT other;
ALTER TABLE t ADD CONSTRAINT other EXCLUDE USING hash (a WITH =);
--> exclusion constraint public.t.other method: btree / hash

--- carry a column
ALTER TABLE t DROP CONSTRAINT alone;
ALTER TABLE t ADD CONSTRAINT alone EXCLUDE USING gist (r WITH &&) INCLUDE (a);
--> exclusion constraint public.t.alone include: null / a

--- exclude some rows only
ALTER TABLE t DROP CONSTRAINT alone;
ALTER TABLE t ADD CONSTRAINT alone EXCLUDE USING gist (r WITH &&) WHERE (a > 0);
--> exclusion constraint public.t.alone predicate: null / (a > 0)

--- defer
ALTER TABLE t DROP CONSTRAINT alone;
ALTER TABLE t ADD CONSTRAINT alone EXCLUDE USING gist (r WITH &&) DEFERRABLE;
--> exclusion constraint public.t.alone deferrability: not deferrable / deferrable
