// Migrations that are not one transaction, replayed on a scratch database as the runner would apply them.
import { expect, test } from 'vitest';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { connect } from '../../src/postgres/connect.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import { replay } from '../../src/prove/replay.ts';
import { ShipshapeError } from '../../src/report/index.ts';
import { column, useWorld } from '../migrate/world.ts';

const world = useWorld();

async function replayed(files: Readonly<Record<string, string>>) {
  const { url, session } = await world.database();
  const target = parseTarget(url, {});
  const database = Object.assign(await connect(target), { target });
  try {
    const outcome = await replay(await readFolder(world.folder(files)), database, []).catch(
      (error: unknown) => {
        if (error instanceof ShipshapeError) return error;
        throw error;
      },
    );
    return { outcome, session };
  } finally {
    await database.close();
  }
}

const table = {
  '0001_table.sql': 'CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, NULL), (7, 5)',
};

test('steps are run by themselves, with what the file has SET, and each thing is known by its file', async () => {
  const { outcome, session } = await replayed({
    ...table,
    '0002_mixed.sql': `-- shipshape: no-transaction
      SET search_path = pg_catalog; ALTER TABLE public.t ADD COLUMN m int; CREATE INDEX CONCURRENTLY by_m ON public.t (m);`,
    '0003_index.sql': 'CREATE UNIQUE INDEX CONCURRENTLY by_n ON t (n); VACUUM t',
  });
  expect(outcome).toMatchObject({ findings: [] });
  expect(outcome).toHaveProperty(
    'provenance',
    expect.objectContaining({ 'column public.t.m': '0002_mixed' }),
  );
  expect(await column(session, "SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass")).toEqual([
    true,
    true,
    true,
  ]);
});

test('a backfill is run over the rows that the files before it insert', async () => {
  const { outcome, session } = await replayed({
    ...table,
    '0002_fill.sql':
      '-- shipshape: backfill table=t key=id\nUPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL',
  });
  expect(outcome).toMatchObject({ findings: [] });
  expect(await column(session, 'SELECT n FROM t ORDER BY id')).toEqual([0, 5]);
});

test.each([
  ['UPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2', '3 backfill-not-repeatable'],
  ['UPDATE t SET n = 0 WHERE id = $1', '3 backfill-unfit'],
  ['UPDATE t SET m = 0\nWHERE id BETWEEN $1 AND $2', '1 migration-does-not-apply 3'],
  ['DELETE FROM t\nWHERE gone BETWEEN $1 AND $2', '1 migration-does-not-apply 4'],
])('one that the runner would refuse is refused: %s', async (sql, told) => {
  const { outcome } = await replayed({
    ...table,
    '0002_fill.sql': `-- shipshape: backfill table=t key=id\n\n${sql}`,
  });
  const [finding] = (outcome as ShipshapeError).findings;
  expect(`${finding?.exit} ${finding?.code} ${finding?.origin?.line}`).toContain(told);
});

test('its statement is understood by the server where there are no rows', async () => {
  const { outcome } = await replayed({
    '0001_table.sql': 'CREATE TABLE t (id int PRIMARY KEY)',
    '0002_fill.sql': '-- shipshape: backfill table=t key=id\nUPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2',
  });
  expect((outcome as ShipshapeError).findings[0]?.code).toBe('migration-does-not-apply');
});
