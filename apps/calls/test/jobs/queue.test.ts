// Jobs and the transactions that add them, on a real PostgreSQL.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { handBackJobs, unlockJobs } from '../../src/jobs/hand-back.ts';
import { enqueue } from '../../src/jobs/queue.ts';
import { type CallsServer, startCallsServer } from './calls-database.ts';

const sid = (prefix: string, digit: string): string => prefix + digit.repeat(32);
const transcription = (digit: string) =>
  ({
    task: 'offline_stt',
    payload: { businessId: 1, callSid: sid('CA', '1'), recordingSid: sid('RE', digit) },
  }) as const;
const finalizing = {
  task: 'finalize_in_background',
  payload: { businessId: 1, callSid: sid('CA', '1') },
} as const;

let calls: CallsServer;
let database: Database;

beforeAll(async () => {
  calls = await startCallsServer();
});
afterAll(() => calls.stop());
beforeEach(async () => {
  ({ database } = await calls.newDatabase());
});

async function readJobs() {
  const { rows } = await database.pool.query(
    `select jobs.id, tasks.identifier as task, jobs.payload, jobs.key, jobs.run_at > now() as later, attempts, locked_by
     from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id order by jobs.id`,
  );
  return rows;
}

test('a job is there when its transaction commits, and not when it does not', async () => {
  await database.db.transaction((tx) => enqueue(tx, transcription('a')));
  await expect(
    database.db.transaction(async (tx) => {
      await enqueue(tx, finalizing);
      throw new Error('the webhook failed');
    }),
  ).rejects.toThrow('the webhook failed');
  const jobs = await readJobs();
  expect(jobs.map(({ task, payload }) => ({ task, payload }))).toEqual([transcription('a')]);
});

test('the same recording and the same call are queued once', async () => {
  for (const digit of ['a', 'a', 'b']) await enqueue(database.db, transcription(digit));
  await Promise.all([finalizing, finalizing, finalizing].map((job) => enqueue(database.db, job)));
  const jobs = await readJobs();
  expect(jobs.map(({ key }) => key).sort()).toEqual([
    `finalize_in_background/1/${sid('CA', '1')}`,
    `offline_stt/1/${sid('RE', 'a')}`,
    `offline_stt/1/${sid('RE', 'b')}`,
  ]);
});

test('the same call of two tenants is two jobs', async () => {
  await enqueue(database.db, finalizing);
  await enqueue(database.db, { ...finalizing, payload: { ...finalizing.payload, businessId: 2 } });
  expect(await readJobs()).toHaveLength(2);
});

test('a job may wait', async () => {
  await enqueue(database.db, { ...finalizing, runAt: new Date(Date.now() + 60_000) });
  await enqueue(database.db, transcription('a'));
  const jobs = await readJobs();
  expect(jobs.map(({ task, later }) => ({ task, later }))).toEqual([
    { task: 'finalize_in_background', later: true },
    { task: 'offline_stt', later: false },
  ]);
});

test('a job that already runs is followed by the new one', async () => {
  await enqueue(database.db, finalizing);
  await database.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'another worker', locked_at = now(), attempts = 1`,
  );
  await enqueue(database.db, finalizing);
  const jobs = await readJobs();
  expect(jobs.map(({ locked_by, key }) => ({ locked_by, key }))).toEqual([
    { locked_by: 'another worker', key: null },
    { locked_by: null, key: `finalize_in_background/1/${sid('CA', '1')}` },
  ]);
});

test('an interrupted job is due at once and has its attempt back; a job of another worker is left alone', async () => {
  for (const digit of ['a', 'b']) await enqueue(database.db, transcription(digit));
  await database.pool.query(
    `update graphile_worker._private_jobs set attempts = 3, run_at = now() + interval '1 hour',
       locked_by = case when payload->>'recordingSid' = $1 then 'another worker' end,
       locked_at = case when payload->>'recordingSid' = $1 then now() end`,
    [sid('RE', 'b')],
  );
  const [mine, theirs] = await readJobs();
  await handBackJobs(database.db, [
    { id: mine.id, attempts: 3 },
    { id: theirs.id, attempts: 3 },
  ]);
  await unlockJobs(database.db, ['me', 'myself']);
  expect(
    (await readJobs()).map(({ attempts, later, locked_by }) => ({ attempts, later, locked_by })),
  ).toEqual([
    { attempts: 2, later: false, locked_by: null },
    { attempts: 3, later: true, locked_by: 'another worker' },
  ]);
});
