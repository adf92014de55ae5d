// Real processes that build an index and are killed or stopped in the middle.
import { expect, test } from 'vitest';
import type { OwnSession } from '../../src/postgres/session.ts';
import { longVersions, onEveryVersion } from '../introspect/matrix.ts';
import { endRunnersAfterEach } from './end-runners.ts';
import { resultOf, startRunner } from './start-runner.ts';
import { column, ledgerIds, type Ran, runFolder, until, useWorld } from './world.ts';

endRunnersAfterEach();

onEveryVersion((major) => {
  const world = useWorld(major);

  /** A build that cannot end before `reader` does. */
  async function building(): Promise<{
    url: string;
    session: OwnSession;
    reader: OwnSession;
    folder: string;
    waits: () => Promise<boolean>;
  }> {
    const { url, session } = await world.database();
    await session.query(
      'CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t SELECT i, i FROM generate_series(1, 100) i',
    );
    const reader = await world.connect(url);
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM pg_class LIMIT 1');
    const folder = world.folder({
      '0001_index.sql':
        '-- shipshape: no-transaction\nINSERT INTO t VALUES (0, 0); CREATE INDEX CONCURRENTLY by_a ON t (a)',
      '0002_next.sql': 'ALTER TABLE t ADD COLUMN b int',
    });
    const phase = "SELECT FROM pg_stat_progress_create_index WHERE phase = 'waiting for old snapshots'";
    return { url, session, reader, folder, waits: async () => (await column(session, phase)).length === 1 };
  }

  const isValid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_a')";
  const attempts = 'SELECT attempts FROM shipshape.step ORDER BY position';
  const told = ({ events }: Ran) => events.flatMap((event) => (event.kind === 'step' ? [event.words] : []));

  async function expectDone(session: OwnSession): Promise<void> {
    expect(await column(session, isValid)).toEqual([true]);
    expect(await column(session, 'SELECT count(*)::int FROM t WHERE id = 0')).toEqual([1]);
    expect(await ledgerIds(session)).toEqual(['0001_index', '0002_next']);
    expect(await column(session, 'SELECT state FROM shipshape.step')).toEqual(['done', 'done']);
  }

  test('what the server brings to its end after a kill is recognised, and not built again', async () => {
    const { url, session, reader, folder, waits } = await building();
    const killed = startRunner(url, folder, { leaseSeconds: 4 });
    await until(waits, 'the index is being built');
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBeNull();
    expect(await column(session, isValid)).toEqual([false]);
    await reader.query('COMMIT');
    await until(async () => (await column(session, isValid))[0] === true, 'the server ends the build');
    const next = await runFolder(url, folder, { leaseSeconds: 4 });
    expect(next).toMatchObject({ exit: 0, findings: [] });
    expect(next.applied[0]?.words).toEqual(['index by_a is there, as it is to be']);
    expect(await column(session, attempts)).toEqual([1, 1]);
    await expectDone(session);
  });

  test('what it does not is ended, dropped and built again; the journal counts it', async () => {
    const { url, session, reader, folder, waits } = await building();
    const killed = startRunner(url, folder, { leaseSeconds: 2 });
    await until(waits, 'the index is being built');
    killed.child.kill('SIGKILL');
    const next = await runFolder(url, folder, {
      leaseSeconds: 2,
      on: (event) => {
        if (event.kind === 'step' && event.words.includes('left invalid')) void reader.query('COMMIT');
      },
    });
    expect(next).toMatchObject({ exit: 0, findings: [] });
    expect(told(next)).toEqual([
      'step 1 of 2 was done before',
      expect.stringMatching(/^step 2 was cut off in an attempt that began on \d{4}-/),
      'by_a was left invalid: it is dropped and built again',
    ]);
    expect(await column(session, attempts)).toEqual([1, 2]);
    await expectDone(session);
  });

  test('a runner that was stopped beyond its lease, and taken over, does nothing more when it wakes up', async () => {
    const { url, session, reader, folder, waits } = await building();
    const stopped = startRunner(url, folder, { leaseSeconds: 2 });
    await until(waits, 'the index is being built');
    stopped.child.kill('SIGSTOP');
    const next = await runFolder(url, folder, {
      leaseSeconds: 2,
      on: (event) => {
        if (event.kind === 'step' && event.words.includes('left invalid')) void reader.query('COMMIT');
      },
    });
    expect(next).toMatchObject({ exit: 0, findings: [] });
    stopped.child.kill('SIGCONT');
    expect(await stopped.ended).toBe(6);
    expect(resultOf(stopped)).toMatchObject({ applied: [], findings: [{ code: 'lease-lost' }] });
    expect(await column(session, 'SELECT token::int FROM shipshape.step ORDER BY position')).toEqual([1, 2]);
    await expectDone(session);
  });
}, longVersions);
