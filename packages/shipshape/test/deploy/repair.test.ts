// The act behind `repair`: what it looks at once more under the lock, and what mutations of a schema it takes back.
import { expect, test } from 'vitest';
import { migrateDatabase } from '../../src/deploy/migrate.ts';
import { planRepairOf, repair } from '../../src/deploy/repair.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import { column, useWorld } from '../migrate/world.ts';
import { writeSnapshotOf } from './snapshots.ts';

const world = useWorld();

async function migrated(sql: string) {
  const { url, session } = await world.database();
  const folder = world.folder({ '0001_made.sql': sql });
  const scratch = await world.database();
  const snapshotFile = await writeSnapshotOf(folder, scratch.session);
  const order = { target: parseTarget(url, {}), folder, snapshotFile };
  expect(await migrateDatabase({ ...order, on: () => undefined })).toMatchObject({ exit: 0 });
  return { session, order };
}

test('what was changed while another runner was waited for is another plan: nothing is done', async () => {
  const { session, order } = await migrated('CREATE TABLE t (a int DEFAULT 1, b int DEFAULT 2);');
  await session.query('ALTER TABLE t ALTER a DROP DEFAULT');
  const { name } = await planRepairOf(order);
  await session.query(
    "UPDATE shipshape.lease SET holder = 'somebody', expires_at = clock_timestamp() + interval '3 s', taken_at = clock_timestamp()",
  );
  let changed: Promise<unknown> | null = null;
  const { exit, findings, applied } = await repair({
    ...order,
    plan: name ?? '',
    on: (event) => {
      if (event.kind === 'waiting for runner')
        changed ??= session.query('ALTER TABLE t ALTER b DROP DEFAULT');
    },
  });
  await changed;
  expect([exit, findings.map(({ code }) => code), applied]).toEqual([3, ['repair-plan-changed'], []]);
  expect(
    await column(session, "SELECT atthasdef FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0"),
  ).toEqual([false, false]);
  expect(await column(session, 'SELECT migration FROM shipshape.step')).toEqual([]);
});

test('a role that sees only some of the rows is not told that none is in the way', async () => {
  const { session, order } = await migrated(
    'CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL); ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;',
  );
  await session.query(`ALTER TABLE t ALTER a DROP NOT NULL; INSERT INTO t VALUES (1, NULL);
    DROP ROLE IF EXISTS keeper; CREATE ROLE keeper LOGIN; ALTER TABLE t OWNER TO keeper; GRANT ALL ON SCHEMA shipshape TO keeper;
    GRANT ALL ON ALL TABLES IN SCHEMA shipshape TO keeper`);
  const plan = await planRepairOf({ ...order, target: { ...order.target, user: 'keeper' } });
  expect(plan.kept.acts.map(({ remarks }) => remarks)).toEqual([
    [expect.stringContaining('whether rows are in its way could not be told')],
  ]);
  expect(plan.kept.acts[0]?.statements).toHaveLength(4);
});
