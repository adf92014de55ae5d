CREATE TABLE t (a integer, b text);
CREATE TABLE u (a integer, c text);
CREATE VIEW v AS SELECT t.a, u.c FROM t JOIN u ON u.a = t.a;
CREATE VIEW guarded WITH (security_barrier) AS SELECT t.a, u.c FROM t, u;
CREATE MATERIALIZED VIEW m AS SELECT t.a, u.c FROM t JOIN u ON u.a = t.a;
CREATE INDEX by_a ON m (a);
GRANT SELECT ON m, v TO pg_monitor;
COMMENT ON COLUMN v.c IS 'of u';
CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER taken INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION take();

--- drop a view
DROP VIEW v;
--> view public.v missing

--- create a view
CREATE VIEW more AS SELECT 1 AS one;
--> view public.more unexpected

--- rename a view
ALTER VIEW guarded RENAME TO garded;
--> view public.garded unexpected
--> view public.guarded missing, renamed to view public.garded

--- rename a column of a view
ALTER VIEW v RENAME COLUMN c TO called;
--> comment on column public.v.c missing
--> comment on column public.v.called unexpected
--> view public.v columns: a integer, c text / a integer, called text

--- take a column away and retype another
DROP VIEW v;
CREATE VIEW v AS SELECT t.a::bigint AS a FROM t;
COMMENT ON VIEW v IS 'narrow';
--> comment on column public.v.c missing
--> comment on view public.v unexpected
--> privilege of pg_monitor on view public.v missing
--> trigger public.v.taken missing
--> view public.v columns: a integer, c text / a bigint

--- add a column to a view
CREATE OR REPLACE VIEW v AS SELECT t.a, u.c, t.b FROM t JOIN u ON u.a = t.a;
--> view public.v columns: a integer, c text / a integer, c text, b text

--- see otherwise
CREATE OR REPLACE VIEW v AS SELECT t.a, u.c FROM t JOIN u ON u.a > t.a;
--> view public.v definition: SELECT t.a,\n    u.c\n   FROM (public.t\n     JOIN public.u ON ((u.a = t.a))) / SELECT t.a,\n    u.c\n   FROM (public.t\n     JOIN public.u ON ((u.a > t.a)))

--- guard no more
ALTER VIEW guarded RESET (security_barrier);
--> view public.guarded options: security_barrier=true / null

--- guard otherwise
ALTER VIEW guarded SET (security_barrier = false);
--> view public.guarded options: security_barrier=true / security_barrier=false

--- drop a materialized view
DROP MATERIALIZED VIEW m;
--> materialized view public.m missing

--- create a materialized view
CREATE MATERIALIZED VIEW more AS SELECT 1 AS one;
--> materialized view public.more unexpected

--- retype a column of a materialized view
DROP MATERIALIZED VIEW m;
CREATE MATERIALIZED VIEW m AS SELECT t.a::bigint AS a, u.c FROM t JOIN u ON u.a = t.a;
--> index public.m.by_a missing
--> materialized view public.m columns: a integer, c text / a bigint, c text
--> privilege of pg_monitor on materialized view public.m missing

--- keep something else
DROP MATERIALIZED VIEW m;
CREATE MATERIALIZED VIEW m AS SELECT u.a, u.c FROM t JOIN u ON u.a = t.a;
--> index public.m.by_a missing
--> materialized view public.m definition: SELECT t.a,\n    u.c\n   FROM (public.t\n     JOIN public.u ON ((u.a = t.a))) / SELECT u.a,\n    u.c\n   FROM (public.t\n     JOIN public.u ON ((u.a = t.a)))
--> privilege of pg_monitor on materialized view public.m missing

--- empty a materialized view
REFRESH MATERIALIZED VIEW m WITH NO DATA;
--> materialized view public.m populated: populated / not populated

--- index a materialized view
CREATE INDEX by_c ON m (c);
--> index public.m.by_c unexpected
