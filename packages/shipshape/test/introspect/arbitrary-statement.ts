// Statements at random that change a schema; many of them are refused, since what they name is not there.
import fc from 'fast-check';

/** Numbers that the words of a statement are chosen by. */
export type Step = readonly [form: number, one: number, two: number, three: number];

const forms: readonly ((a: number, b: number, c: number) => string)[] = [
  (a) => `CREATE TABLE t${a} (id serial PRIMARY KEY, c0 integer NOT NULL DEFAULT 1, c1 text)`,
  (a) => `CREATE TABLE t${a} (id integer PRIMARY KEY, c0 integer, c1 text)`,
  (a, b) => `ALTER TABLE t${a} ADD COLUMN c${b} integer`,
  (a, b) => `ALTER TABLE t${a} ADD COLUMN c${b} e0 DEFAULT 'one'`,
  (a, b) => `ALTER TABLE t${a} ADD COLUMN c${b} integer GENERATED ALWAYS AS IDENTITY`,
  (a, b) => `ALTER TABLE t${a} ADD COLUMN c${b} t${b}`,
  (a, b) => `ALTER TABLE t${a} DROP COLUMN c${b}`,
  (a, b) => `ALTER TABLE t${a} DROP COLUMN c${b} CASCADE`,
  (a, b, c) => `ALTER TABLE t${a} ALTER COLUMN c${b} SET DEFAULT ${c}`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c${b} SET DEFAULT f${b}()`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c${b} DROP DEFAULT`,
  (a) => `ALTER TABLE t${a} ALTER COLUMN id DROP DEFAULT`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c${b} TYPE bigint`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c${b} TYPE varchar(${10 + b})`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c${b} SET NOT NULL`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c${b} DROP NOT NULL`,
  (a, b, c) => `ALTER TABLE t${a} RENAME COLUMN c${b} TO c${c}`,
  (a, b) => `ALTER TABLE t${a} RENAME TO t${b}`,
  (a, b, c) =>
    `ALTER TABLE t${a} RENAME TO swap; ALTER TABLE t${b} RENAME TO t${a}; ALTER TABLE swap RENAME TO t${c}`,
  (a) => `DROP TABLE t${a} CASCADE`,
  (a) => `DROP TABLE t${a}; CREATE TABLE t${a} (id integer, c0 bigint)`,
  (a, b, c) => `ALTER TABLE t${a} ADD CONSTRAINT k${c} CHECK (c${b} > 0)`,
  (a, b, c) => `ALTER TABLE t${a} ADD CONSTRAINT k${c} UNIQUE (c${b})`,
  (a, b, c) => `ALTER TABLE t${a} ADD CONSTRAINT k${c} FOREIGN KEY (c${b}) REFERENCES t${c} (id) NOT VALID`,
  (a, b) => `ALTER TABLE t${a} VALIDATE CONSTRAINT k${b}`,
  (a, b) => `ALTER TABLE t${a} DROP CONSTRAINT k${b}`,
  (a, b, c) => `ALTER TABLE t${a} RENAME CONSTRAINT k${b} TO k${c}`,
  (a, b, c) => `CREATE INDEX i${c} ON t${a} (c${b}, id)`,
  (a, b, c) => `CREATE UNIQUE INDEX i${c} ON t${a} (lower(c${b}::text)) WHERE id > ${c}`,
  (a) => `DROP INDEX i${a}`,
  (a, b) => `ALTER INDEX i${a} RENAME TO i${b}`,
  (a, b) => `CREATE TYPE e${a} AS ENUM ('one', 'l${b}')`,
  (a, b) => `ALTER TYPE e${a} ADD VALUE 'n${b}'`,
  (a, b) => `ALTER TYPE e${a} RENAME VALUE 'one' TO 'x${b}'`,
  (a, b) => `ALTER TYPE e${a} RENAME TO e${b}`,
  (a) => `ALTER TYPE e${a} SET SCHEMA other`,
  (a) => `DROP TYPE e${a} CASCADE`,
  (a, b) => `CREATE DOMAIN d${a} AS integer DEFAULT ${b} CHECK (VALUE > f${b}())`,
  (a, b) => `ALTER DOMAIN d${a} ADD CHECK (VALUE < ${b + 100})`,
  (a, b) => `ALTER DOMAIN d${a} RENAME TO d${b}`,
  (a, b) => `ALTER TABLE t${a} ADD COLUMN e${b} d${b}`,
  (a, b, c) => `CREATE OR REPLACE VIEW v${a} AS SELECT id, c${b} AS c FROM t${c}`,
  (a, b) => `CREATE OR REPLACE VIEW v${a} AS SELECT * FROM v${b} JOIN t${a} USING (id)`,
  (a, b) => `CREATE VIEW v${a} AS SELECT x.id FROM t${b} AS x (id)`,
  (a, b) => `CREATE MATERIALIZED VIEW m${a} AS SELECT count(*) FROM t${b}`,
  (a, b) => `ALTER VIEW v${a} RENAME TO v${b}`,
  (a, b) => `ALTER VIEW v${a} RENAME COLUMN c TO r${b}`,
  (a) => `DROP VIEW v${a} CASCADE`,
  (a, b) => `CREATE OR REPLACE FUNCTION f${a}() RETURNS integer LANGUAGE sql AS 'SELECT ${b}'`,
  (a, b) =>
    `CREATE OR REPLACE FUNCTION g${a}() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(c${b}) FROM t${a}; END`,
  (a, b) => `CREATE OR REPLACE FUNCTION h${a}(t${b}) RETURNS integer LANGUAGE sql AS 'SELECT ${b}'`,
  (a, b) => `ALTER FUNCTION f${a} RENAME TO f${b}`,
  (a) => `DROP FUNCTION f${a} CASCADE`,
  (a) => `CREATE OR REPLACE FUNCTION w${a}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  (a, b, c) => `CREATE TRIGGER w${a} BEFORE UPDATE ON t${b} FOR EACH ROW EXECUTE FUNCTION w${c}()`,
  (a, b) => `DROP TRIGGER w${a} ON t${b}`,
  (a, b) => `ALTER TABLE t${a} DISABLE TRIGGER w${b}`,
  (a, b) => `CREATE POLICY p${b} ON t${a} USING (c${b} IS NOT NULL)`,
  (a, b) => `DROP POLICY p${b} ON t${a}`,
  (a) => `ALTER TABLE t${a} ENABLE ROW LEVEL SECURITY`,
  (a, b) => `CREATE SEQUENCE s${a} INCREMENT ${b + 1}`,
  (a, b) => `ALTER SEQUENCE s${a} OWNED BY t${b}.c0`,
  (a) => `ALTER SEQUENCE s${a} OWNED BY NONE`,
  (a, b) => `ALTER SEQUENCE t${a}_id_seq OWNED BY t${b}.c0`,
  (a, b) => `ALTER SEQUENCE t${a}_id_seq INCREMENT ${b + 2}`,
  (a, b) => `ALTER TABLE t${a} ALTER COLUMN c0 SET DEFAULT nextval('s${b}')`,
  (a, b) => `ALTER SEQUENCE s${a} RENAME TO s${b}`,
  (a, b, c) => `COMMENT ON COLUMN t${a}.c${b} IS 'said ${c}'`,
  (a, b) => `COMMENT ON COLUMN t${a}.c${b} IS NULL`,
  (a, b) => `COMMENT ON TABLE t${a} IS 'said ${b}'`,
  (a, b) => `COMMENT ON CONSTRAINT k${b} ON t${a} IS 'said'`,
  (a) => `COMMENT ON INDEX i${a} IS 'said'`,
  (a) => `CREATE SCHEMA IF NOT EXISTS other; ALTER TABLE t${a} SET SCHEMA other`,
  (a) => `ALTER TABLE other.t${a} SET SCHEMA public`,
  () =>
    'ALTER SCHEMA other RENAME TO another; ALTER SCHEMA another RENAME TO other; COMMENT ON SCHEMA other IS NULL',
  (a) => `CREATE TABLE p${a} (id integer, c0 e0) PARTITION BY LIST (c0)`,
  (a) => `CREATE TABLE p${a}_one PARTITION OF p${a} FOR VALUES IN ('one')`,
  (a) => `ALTER TABLE p${a} DETACH PARTITION p${a}_one`,
  (a, b) => `CREATE TABLE h${a} () INHERITS (t${b})`,
  (a, b) => `ALTER TABLE h${a} NO INHERIT t${b}`,
  (a, b) => `CREATE TYPE o${a} AS (c0 integer, c1 text); COMMENT ON COLUMN o${a}.c0 IS 'said ${b}'`,
  (a, b) => `ALTER TYPE o${a} ADD ATTRIBUTE c${b + 2} integer`,
  (a) => `CREATE TYPE r${a} AS RANGE (subtype = float8)`,
  (a, b) => `CREATE STATISTICS x${a} ON c0, id FROM t${b}`,
  (a, b) =>
    `GRANT SELECT ON t${a} TO PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC; COMMENT ON SCHEMA public IS '${b}'`,
  (a) =>
    `DO $$ BEGIN ALTER TABLE t${a} ADD COLUMN z integer, ADD CHECK (nothing > 0); EXCEPTION WHEN OTHERS THEN NULL; END $$`,
  (a) => `INSERT INTO t${a} (c0) VALUES (1); TRUNCATE t${a} CASCADE`,
  (a, b) =>
    `ALTER TABLE t${a} REPLICA IDENTITY FULL; CREATE RULE u${b} AS ON DELETE TO t${a} DO INSTEAD NOTHING`,
  () => 'DEALLOCATE ALL',
];

/** So that there is something to change. */
export const beginning = `
  CREATE TYPE e0 AS ENUM ('one', 'two');
  CREATE FUNCTION f0() RETURNS integer LANGUAGE sql AS 'SELECT 0';
  CREATE TABLE t0 (id serial PRIMARY KEY, c0 integer NOT NULL DEFAULT f0(), c1 e0 DEFAULT 'one', c2 text);
  CREATE TABLE t1 (id integer PRIMARY KEY, c0 integer REFERENCES t0, c1 text CHECK (c1 <> ''));
  CREATE VIEW v0 AS SELECT id, c1 AS c FROM t0;
  CREATE SEQUENCE s0;
  CREATE INDEX i0 ON t1 (c1);`;

const few = fc.constantFrom(0, 0, 0, 1, 1, 2);
export const step: fc.Arbitrary<Step> = fc.tuple(fc.nat({ max: forms.length - 1 }), few, few, few);

export function statementOf([form, one, two, three]: Step): string {
  return (forms[form] as (typeof forms)[number])(one, two, three);
}
