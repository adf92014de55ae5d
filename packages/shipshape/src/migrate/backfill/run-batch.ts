// runBatch: the next rows of a backfill, and its cursor behind them, in one fenced transaction.
import { ShipshapeError } from '../../report/index.ts';
import { fenced } from '../fenced.ts';
import { type Attempt, retrying } from '../retrying.ts';
import type { Scene } from '../scene.ts';
import { watched } from '../watch.ts';
import { assertRepeatable } from './assert-repeatable.ts';
import { type Cursor, readOwnCursor, writeCursor } from './cursor.ts';
import type { BackfillJob } from './job.ts';
import { isLarger, readFirstKey, readSpan, type Span } from './key.ts';
import { makeUnfit } from './refuse-backfill.ts';
import type { Stride } from './trail.ts';
import { watchWaiters } from './watch-waiters.ts';

/** Of rows with one and the same key, which no batch can part. */
const largestShare = 10;

/** Where it came to; null when this pass has no rows left. Throws as `retrying` does. */
export async function runBatch(
  scene: Scene,
  job: BackfillJob,
  cursor: Cursor,
  again: boolean,
): Promise<Cursor | null> {
  const { size, trail } = job;
  let attempts = 0;
  return retrying(scene, job.migration, async (attempt) => {
    const pace = trail.ahead(cursor) === null ? size : trail.size;
    if (attempts++ > 0) pace.shrink();
    const stride = trail.ahead(cursor);
    attempt.statement = job.statement;
    const began = performance.now();
    const stopLooking = watchWaiters(scene.runner);
    try {
      const batch = await commitBatch(scene, { job, cursor, again, stride, rows: size.rows, attempt });
      if (batch === null) return null;
      const { span, reached } = batch;
      const tooMany = reached.rows - cursor.rows > BigInt(job.backfill.batch);
      pace.note(performance.now() - began, stopLooking() || (stride !== null && tooMany));
      if (stride === null && span.full) trail.note(cursor, span.to, batch.rows);
      if (stride !== null) trail.follow(stride);
      job.progress.note(span.full ? batch.rows : null);
      return reached;
    } finally {
      stopLooking();
    }
  });
}

interface Batch {
  readonly span: Span;
  /** That were gone through. */
  readonly rows: number;
  readonly reached: Cursor;
}

interface Task {
  readonly job: BackfillJob;
  readonly cursor: Cursor;
  readonly again: boolean;
  readonly stride: Stride | null;
  readonly rows: number;
  readonly attempt: Attempt;
}

function commitBatch(scene: Scene, task: Task): Promise<Batch | null> {
  const { job, cursor, again } = task;
  const { migration, statement, checksum } = job;
  const { work } = scene.runner;
  let reached = cursor;
  const mark = () => ({ migration, checksum, cursor: reached, state: 'started', again }) as const;
  const noteBlockers = (blockers: Attempt['blockers']) => {
    task.attempt.blockers = blockers;
  };
  return fenced(scene, {
    migration,
    header: migration.header,
    async work() {
      const span = await nextSpan(scene, task);
      if (span === null) return null;
      const change = () =>
        watched(scene, migration, statement, noteBlockers, async () => {
          const { rowCount } = await work.query(statement.text, [span.from, span.to]);
          return rowCount ?? 0;
        });
      const changed = await change();
      if (changed > 0 && cursor.rows === 0n) assertRepeatable(migration, statement, changed, await change());
      reached = { ...cursor, after: span.to, rows: cursor.rows + BigInt(changed) };
      await writeCursor(scene, mark());
      return { span, rows: task.stride?.rows ?? task.rows, reached };
    },
    // Where no rows were left, nothing was written that could be lost.
    wasDone: async (session) => reached === cursor || readOwnCursor(session, scene, mark()),
  });
}

async function nextSpan(scene: Scene, { job, cursor, stride, rows }: Task): Promise<Span | null> {
  const { work } = scene.runner;
  const part = { after: cursor.after, until: cursor.until ?? '' };
  if (stride !== null) {
    const from = await readFirstKey(work, job.key, part);
    return from === null ? null : { from, to: stride.to, full: true };
  }
  const span = await readSpan(work, job.key, { ...part, rows });
  if (span !== null) await assertDivisible(scene, job, span);
  return span;
}

async function assertDivisible(scene: Scene, job: BackfillJob, span: Span): Promise<void> {
  const { key, backfill, migration, statement } = job;
  if (key.unique) return;
  const limit = backfill.batch * largestShare;
  if (!(await isLarger(scene.runner.work, key, span, limit))) return;
  const problem = `more than ${limit} rows of ${key.table} have one and the same ${key.column}, and no batch can part them`;
  throw new ShipshapeError([makeUnfit(migration, { problem, way: 'key' }, statement.line)]);
}
