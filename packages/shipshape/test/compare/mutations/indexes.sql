CREATE TABLE t (a integer, b text, c text, tags text[]);
CREATE INDEX by_a ON t (a, b);
CREATE INDEX by_b ON t (b);
CREATE UNIQUE INDEX by_lower ON t (lower(b));

--- drop an index
DROP INDEX by_a;
--> index public.t.by_a missing

--- create an index
CREATE INDEX by_tags ON t USING gin (tags);
--> index public.t.by_tags unexpected

--- rename an index
ALTER INDEX by_a RENAME TO by_a_and_b;

--- index in another order
DROP INDEX by_a;
CREATE INDEX by_a ON t (b, a);
--> index public.t.by_a keys: a, b / b, a

--- index downwards
DROP INDEX by_a;
CREATE INDEX by_a ON t (a DESC, b);
--> index public.t.by_a keys: a, b / a desc, b

--- index nulls first
DROP INDEX by_a;
CREATE INDEX by_a ON t (a NULLS FIRST, b);
--> index public.t.by_a keys: a, b / a nulls first, b

--- index by another operator class
DROP INDEX by_a;
CREATE INDEX by_a ON t (a, b text_pattern_ops);
--> index public.t.by_a keys: a, b / a, b text_pattern_ops

--- index by another collation
DROP INDEX by_a;
CREATE INDEX by_a ON t (a, b COLLATE "C");
--> index public.t.by_a keys: a, b / a, b collate "C"

--- index another expression
DROP INDEX by_lower;
CREATE UNIQUE INDEX by_lower ON t (upper(b));
--> index public.t.by_lower keys: lower(b) / upper(b)

--- make an index unique
DROP INDEX by_a;
CREATE UNIQUE INDEX by_a ON t (a, b);
--> index public.t.by_a unique: not unique / unique

--- index uniquely no more
DROP INDEX by_lower;
CREATE INDEX by_lower ON t (lower(b));
--> index public.t.by_lower unique: unique / not unique

--- index by another method
DROP INDEX by_b;
CREATE INDEX by_b ON t USING hash (b);
--> index public.t.by_b method: btree / hash

--- carry a column
DROP INDEX by_a;
CREATE INDEX by_a ON t (a, b) INCLUDE (c);
--> index public.t.by_a include: null / c

--- index some rows only
DROP INDEX by_a;
CREATE INDEX by_a ON t (a, b) WHERE c IS NOT NULL;
--> index public.t.by_a predicate: null / (c IS NOT NULL)

--- take nulls as equal (from PostgreSQL 15)
DROP INDEX by_lower;
CREATE UNIQUE INDEX by_lower ON t (lower(b)) NULLS NOT DISTINCT;
--> index public.t.by_lower nulls distinct: nulls distinct / nulls not distinct

--- leave an index invalid
SET allow_system_table_mods = on;
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_a'::regclass;
--> index public.t.by_a validity: valid / not valid
