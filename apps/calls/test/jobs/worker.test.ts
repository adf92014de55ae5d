// Workers come and go: stopped in the middle of a job, cut off from the database, started several at once.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/db/client.ts';
import { enqueue } from '../../src/jobs/queue.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { type Provider, startProvider, type TranscriptionAnswer } from '../../src/simulate/provider.ts';
import { type CallsServer, startCallsServer } from './calls-database.ts';
import {
  callSid,
  eventually,
  finishJobs,
  makeWorkshop,
  readJobs,
  readTranscript,
  recordCall,
  transcriptionKey,
  type Workshop,
} from './recorded-call.ts';

let calls: CallsServer;
let database: Database;
let name: string;
let provider: Provider;
let workshop: Workshop;
let workers: Worker[];

beforeAll(async () => {
  calls = await startCallsServer();
});
afterAll(() => calls.stop());
beforeEach(async () => {
  ({ database, name } = await calls.newDatabase());
  provider = await startProvider({ transcriptionKey });
  workshop = await makeWorkshop(provider);
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await provider.close();
  await workshop.clean();
});

async function begin(on = database): Promise<Worker> {
  const worker = await startWorker({ database: on, concurrency: 2, deps: workshop.deps });
  workers.push(worker);
  return worker;
}

/** Speech-to-text answers when the returned function is called, and not before. */
function holdTranscriptions(): (answer: TranscriptionAnswer) => void {
  let release: (answer: TranscriptionAnswer) => void = () => undefined;
  provider.answerTranscriptions(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  return release;
}

async function untilTranscribing(times = 1): Promise<void> {
  await eventually(() => provider.served.transcriptions).toBe(times);
}

test('a worker that is stopped in the middle of a job hands it back, and a second one finishes it', async () => {
  holdTranscriptions();
  await recordCall(database, provider);
  const first = await begin();
  await untilTranscribing();
  workers = [];
  await first.stop();
  expect(await readJobs(database)).toMatchObject([{ attempts: 0, locked_by: null, due: true }]);
  expect(await readTranscript(database)).toMatchObject({ source: null });
  provider.answerTranscriptions({ text: 'by the second' });
  await begin();
  await eventually(() => readJobs(database)).toEqual([]);
  expect(await readTranscript(database)).toMatchObject({ text: 'by the second', source: 'recording' });
});

test('a job that ends within the moment of grace is not handed back', async () => {
  const release = holdTranscriptions();
  await recordCall(database, provider);
  const worker = await begin();
  await untilTranscribing();
  workers = [];
  const stopped = worker.stop();
  release({ text: 'just in time' });
  await stopped;
  expect(await readJobs(database)).toEqual([]);
  expect(await readTranscript(database)).toMatchObject({ text: 'just in time' });
});

test('a stopped worker takes no further job', async () => {
  const worker = await begin();
  workers = [];
  await worker.stop();
  await recordCall(database, provider);
  expect(await readJobs(database)).toMatchObject([{ attempts: 0, locked_by: null }]);
  expect(database.pool.idleCount).toBe(database.pool.totalCount);
});

test('a database that was away does not leave the job locked or the worker dead', async () => {
  const away = openDatabase(calls.server.url('postgres'), () => undefined);
  const release = holdTranscriptions();
  await recordCall(database, provider);
  await begin();
  await untilTranscribing();
  await away.pool.query(`alter database ${name} allow_connections false`);
  await away.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]);
  release({ text: 'said while it was away' });
  await eventually(() => workshop.logged.join('\n')).toMatch(/starting the job worker again/);
  await away.pool.query(`alter database ${name} allow_connections true`);
  await away.close();
  await finishJobs(database);
  expect(await readTranscript(database)).toMatchObject({
    text: 'said while it was away',
    source: 'recording',
  });
});

test('a connection that is cut in the middle of a task costs an attempt, not the process', async () => {
  await recordCall(database, provider);
  await database.pool.query('delete from graphile_worker._private_jobs');
  const blocker = await database.pool.connect();
  try {
    await blocker.query('begin; select from call_log for update');
    await begin();
    await enqueue(database.db, { task: 'finalize_in_background', payload: { businessId: 1, callSid } });
    await eventually(async () => {
      const { rows } = await database.pool.query(
        `select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
        [name],
      );
      return rows.length;
    }).toBe(1);
    await eventually(async () => (await readJobs(database))[0]?.last_error).toMatch(/cannot be reached/);
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
  await finishJobs(database);
});

test('several processes may install the queue at the same time and share it', async () => {
  await database.pool.query('drop schema graphile_worker cascade');
  const others = [1, 2, 3, 4].map(() => openDatabase(calls.server.url(name), () => undefined));
  try {
    await Promise.all(others.map((other) => begin(other)));
    await recordCall(database, provider);
    await finishJobs(database);
    expect(await readTranscript(database)).toMatchObject({ source: 'recording' });
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
    await Promise.all(others.map((other) => other.close()));
  }
});

test('signals are left to the program', async () => {
  const before = process.listenerCount('SIGTERM');
  await begin();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
