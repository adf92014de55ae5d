// What is said of a statement's locks, held against what the server has locked after it.
import { expect, test } from 'vitest';
import { type LockMode, lockOf, whoWaits } from '../../src/migrate/words/locks.ts';
import { parseStatements } from '../../src/postgres/parse-statements.ts';
import { longVersions, onEveryVersion } from '../introspect/matrix.ts';
import { column, useWorld } from './world.ts';

const strength = [
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
];

async function said(sql: string): Promise<LockMode | null> {
  const statements = await parseStatements(sql);
  if ('message' in statements || statements[0] === undefined) throw new Error(sql);
  return lockOf(statements[0]);
}

onEveryVersion((major) => {
  const world = useWorld(major);
  test.each([
    'ALTER TABLE t ADD COLUMN x int',
    'ALTER TABLE t DROP COLUMN b',
    'ALTER TABLE t ALTER COLUMN b TYPE varchar(5)',
    'ALTER TABLE t ALTER COLUMN a SET NOT NULL',
    'ALTER TABLE t ALTER COLUMN a SET DEFAULT 1',
    'ALTER TABLE t ALTER COLUMN a SET STATISTICS 7',
    'ALTER TABLE t ALTER COLUMN a SET (n_distinct = 7)',
    'ALTER TABLE t SET (fillfactor = 70)',
    'ALTER TABLE t RESET (fillfactor)',
    'ALTER TABLE t ADD CHECK (a > 0)',
    'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u',
    'ALTER TABLE t VALIDATE CONSTRAINT old',
    'ALTER TABLE t VALIDATE CONSTRAINT old, ADD COLUMN x int',
    'ALTER TABLE t DROP CONSTRAINT old',
    'ALTER TABLE t DISABLE TRIGGER ALL',
    'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE t OWNER TO CURRENT_USER',
    'ALTER TABLE t RENAME TO t2',
    'ALTER TABLE t RENAME COLUMN a TO c',
    'ALTER TABLE t RENAME CONSTRAINT old TO older',
    'ALTER INDEX by_a RENAME TO by_aa',
    'ALTER TABLE p DETACH PARTITION p1',
    'ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2)',
    'CREATE TABLE n (id int PRIMARY KEY)',
    'CREATE TABLE n (id int REFERENCES u)',
    'CREATE TABLE n () INHERITS (t)',
    'CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3)',
    'CREATE INDEX ON t (b)',
    'REINDEX TABLE t',
    'REINDEX INDEX by_a',
    'DROP INDEX by_a',
    'DROP TABLE p',
    'DROP TRIGGER tr ON t',
    'TRUNCATE t',
    'CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()',
    'CREATE POLICY pol ON t',
    'CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING',
    'REFRESH MATERIALIZED VIEW m',
    'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
    'CLUSTER t USING by_a',
    'INSERT INTO t VALUES (1)',
    'UPDATE t SET a = 1',
    'DELETE FROM t',
    'CREATE SEQUENCE s',
  ])('%s', async (sql) => {
    const { session } = await world.database();
    await session.query(`CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (a int, b text); CREATE INDEX by_a ON t (a);
        ALTER TABLE t ADD CONSTRAINT old CHECK (a > 0) NOT VALID;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
        CREATE TABLE p2 (id int); CREATE MATERIALIZED VIEW m AS SELECT id FROM u; CREATE UNIQUE INDEX ON m (id)`);
    const before = await column(
      session,
      "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    );
    await session.query(`BEGIN; ${sql}`);
    const held = await column(
      session,
      `SELECT replace(mode, 'Lock', '') FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'
           AND relation = ANY ($1::oid[])`,
      [`{${before.join()}}`],
    );
    await session.query('ROLLBACK');
    const at = Math.max(...held.map((mode) => strength.indexOf(mode as string)));
    const mode = await said(sql);
    expect(mode?.replaceAll(' ', '') ?? null).toBe(strength[at]?.toUpperCase() ?? null);
  });
}, longVersions);

test('what waits for each lock', () => {
  expect(
    (['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'] as const).map(
      whoWaits,
    ),
  ).toEqual([
    'who changes the same rows waits',
    'nobody waits',
    'writers wait',
    'writers wait',
    'readers and writers wait',
  ]);
});

test.each([
  ['CREATE INDEX CONCURRENTLY i ON t (a)', 'SHARE UPDATE EXCLUSIVE'],
  ['REINDEX TABLE CONCURRENTLY t', 'SHARE UPDATE EXCLUSIVE'],
  ['ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY', 'SHARE UPDATE EXCLUSIVE'],
  ['VACUUM t', 'SHARE UPDATE EXCLUSIVE'],
  ['VACUUM FULL t', 'ACCESS EXCLUSIVE'],
  ['DO $$ BEGIN DROP TABLE t; END $$', null],
])('outside of a transaction: %s', async (sql, mode) => {
  expect(await said(sql)).toBe(mode);
});
