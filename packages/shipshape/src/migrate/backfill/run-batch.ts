// runBatch: the next rows of a backfill, and its cursor behind them, in one fenced transaction.
import { ShipshapeError } from '../../report/index.ts';
import { fenced } from '../fenced.ts';
import { retrying } from '../retrying.ts';
import { watched } from '../run-statement.ts';
import type { Scene } from '../scene.ts';
import { assertRepeatable } from './assert-repeatable.ts';
import { type Cursor, readOwnCursor, writeCursor } from './cursor.ts';
import type { BackfillJob } from './job.ts';
import { isLarger, readSpan, type Span } from './key.ts';
import { makeUnfit } from './refuse-backfill.ts';
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
  const { migration, statement, size, progress } = job;
  const { work } = scene.runner;
  let attempts = 0;
  return retrying(scene, migration, async (attempt) => {
    if (attempts++ > 0) size.shrink();
    attempt.statement = statement;
    let reached = cursor;
    let rows = 0;
    const began = performance.now();
    const stopLooking = watchWaiters(scene.runner);
    try {
      const span = await fenced(scene, {
        migration,
        header: migration.header,
        async work() {
          const { after, until } = cursor;
          const next = await readSpan(work, job.key, { after, until: until ?? '', rows: size.rows });
          if (next === null) return null;
          await assertDivisible(scene, job, next);
          rows = size.rows;
          const change = () =>
            watched(
              scene,
              migration,
              statement,
              (blockers) => {
                attempt.blockers = blockers;
              },
              async () => (await work.query(statement.text, [next.from, next.to])).rowCount ?? 0,
            );
          const changed = await change();
          if (changed > 0 && cursor.rows === 0n)
            assertRepeatable(migration, statement, changed, await change());
          reached = { ...cursor, after: next.to, rows: cursor.rows + BigInt(changed) };
          await writeCursor(scene, { ...markOf(job), cursor: reached, state: 'started', again });
          return next;
        },
        wasDone: (session) =>
          readOwnCursor(session, scene, { ...markOf(job), cursor: reached, state: 'started', again }),
      });
      if (span === null) return null;
      size.note(performance.now() - began, stopLooking());
      progress.note(span.full ? rows : null);
      return reached;
    } finally {
      stopLooking();
    }
  });
}

function markOf({ migration, checksum }: BackfillJob): Pick<BackfillJob, 'migration' | 'checksum'> {
  return { migration, checksum };
}

async function assertDivisible(scene: Scene, job: BackfillJob, span: Span): Promise<void> {
  const { key, backfill, migration, statement } = job;
  if (key.unique) return;
  const limit = backfill.batch * largestShare;
  if (!(await isLarger(scene.runner.work, key, span, limit))) return;
  const problem = `more than ${limit} rows of ${key.table} have one and the same ${key.column}, and no batch can part them`;
  throw new ShipshapeError([makeUnfit(migration, { problem, way: 'key' }, statement.line)]);
}
