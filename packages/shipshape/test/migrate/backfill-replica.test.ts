// A backfill with a replica that does not follow.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { useFolders } from './folders.ts';
import { startReplica } from './replica.ts';
import { column, runFolder, until } from './world.ts';

const makeFolder = useFolders();
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer({ settings: { wal_level: 'replica', max_wal_senders: '4' } });
});
afterAll(() => server?.stop());

test('waits until the replica has replayed what it wrote, and says whom it waits for', async () => {
  const url = await server.createDatabase();
  const session = await connect(url);
  await session.query(`CREATE TABLE t (id int PRIMARY KEY, n int, wide text);
    INSERT INTO t SELECT i, NULL, repeat('x', 500) FROM generate_series(1, 2000) i`);
  const replica = await startReplica(url, 'follower', session);
  await until(
    async () =>
      (
        await column(
          session,
          "SELECT FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn IS NOT NULL",
        )
      ).length === 1,
    'the replica follows',
  );
  await session.query("CREATE TABLE ahead AS SELECT repeat('x', 500) FROM generate_series(1, 2000)");
  const folder = makeFolder({
    '0001_fill.sql':
      '-- shipshape: backfill table=t key=id batch=100\nUPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL',
  });
  let following: NodeJS.Timeout | undefined;
  let leftThen: unknown;
  const ran = await runFolder(url, folder, {
    replicaLimit: { seconds: 3600, bytes: 200_000 },
    on(event) {
      if (event.kind !== 'waiting for replica' || following !== undefined) return;
      following = setInterval(() => void replica.catchUp(), 50);
      void column(session, 'SELECT count(*)::int FROM t WHERE n IS NULL').then(([left]) => {
        leftThen = left;
      });
    },
  });
  clearInterval(following);
  expect(ran).toMatchObject({ exit: 0, findings: [] });
  expect(ran.events.find((event) => event.kind === 'waiting for replica')).toMatchObject({
    replica: 'follower',
  });
  expect(leftThen).toBeGreaterThan(0);
  expect(await column(session, 'SELECT count(*)::int FROM t WHERE n IS NULL')).toEqual([0]);
  await replica.close();
  await session.close();
}, 60_000);
