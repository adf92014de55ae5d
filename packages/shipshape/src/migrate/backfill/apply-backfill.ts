// applyBackfill: one statement over a whole table, in batches that commit by themselves; no row is lost and none is done twice.
import { quoteLiteral } from '../../catalog/index.ts';
import type { Statement } from '../../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Done } from '../apply-migration.ts';
import { assertGoing, fenced } from '../fenced.ts';
import { type JournalStep, readJournal } from '../journal.ts';
import type { Migration } from '../migration.ts';
import { displayPlace, placeOf } from '../place.ts';
import type { PreparedParts } from '../prepared.ts';
import { entryOf, record } from '../record.ts';
import { rest, retrying } from '../retrying.ts';
import type { Scene } from '../scene.ts';
import { makeReplicaWatch } from './await-replicas.ts';
import { makeBatchSize } from './batch-size.ts';
import { beginning, type Cursor, checksumOfBackfill, cursorOf, writeCursor } from './cursor.ts';
import type { BackfillJob } from './job.ts';
import { estimateRows, readKey, readLastKey } from './key.ts';
import { makeProgressTeller } from './progress.ts';
import { makeUnfit } from './refuse-backfill.ts';
import { runBatch } from './run-batch.ts';
import { makeTrail } from './trail.ts';

/** Of one run: whoever still writes rows as they were before is not outrun. */
const mostPasses = 10;

/**
 * Null when the connection was lost after a batch had come through: the next round goes on behind it. Throws as
 * `applyMigration` does, and ShipshapeError `backfill-unfit`, `backfill-not-repeatable`, `backfill-edited` (exit 3),
 * `backfill-never-ends` (exit 6).
 */
export async function applyBackfill(scene: Scene, prepared: PreparedParts): Promise<Done | null> {
  const { order, runner } = scene;
  const { migration, statements } = prepared;
  const began = performance.now();
  const [statement] = statements;
  const backfill = migration.header?.backfill;
  if (statement === undefined || backfill == null) throw new Error(`${migration.id} is no backfill`);
  const checksum = checksumOfBackfill(prepared, backfill);
  const [row] = await readJournal(runner.work, runner.scope, migration.id);
  const rows = (cursor: Cursor) => {
    scene.progress.steps = { done: 0, of: 1, rows: String(cursor.rows) };
  };
  let cursor = row === undefined ? beginning : cursorOf(row);
  rows(cursor);
  if (row !== undefined && row.checksum !== checksum) throw edited(scene, migration, statement, row);
  const key = await readKey(runner.work, backfill);
  if ('problem' in key) throw new ShipshapeError([makeUnfit(migration, key, statement.line)]);
  order.on({ kind: 'started', migration: migration.id, statements: 1, by: migration.rule });
  const size = makeBatchSize(backfill.batch);
  const progress = makeProgressTeller(scene, migration, statement);
  const job: BackfillJob = {
    migration,
    statement,
    backfill,
    checksum,
    key,
    size,
    trail: makeTrail(),
    progress,
  };
  if (row?.state === 'started') tellResumed(scene, job, row);
  const awaitReplicas = makeReplicaWatch(scene, migration, statement.line);
  const before = cursor.rows;
  let again = row?.state === 'started';
  let isDone = row?.state === 'done';
  let passes = 1;
  while (!isDone) {
    const opens = cursor.until === null;
    if (opens) {
      const until = await readLastKey(runner.work, key);
      if (until === null) break;
      cursor = { ...cursor, until };
    }
    if (!progress.begun) progress.begin(cursor.pass, await estimateRows(runner.work, key, cursor.after));
    else if (opens) progress.begin(cursor.pass, null);
    await awaitReplicas();
    const next = await runBatch(scene, job, cursor, again);
    if (scene.connection.lost) return null;
    if (next === null) {
      isDone = cursor.rows === cursor.rowsBefore;
      if (!isDone) cursor = nextPass(job, cursor, passes++);
    } else {
      cursor = next;
      again = false;
      rows(cursor);
      if (backfill.pauseMs > 0) await rest(scene, migration, backfill.pauseMs);
    }
    assertGoing(scene);
  }
  const findings = await finish(scene, job, cursor, again);
  const changed = cursor.rows - before;
  const words = [`changed ${changed} ${changed === 1n ? 'row' : 'rows'} of ${backfill.table}`];
  const milliseconds = performance.now() - began;
  const { line } = statement;
  order.on({ kind: 'statement', migration: migration.id, line, words, notices: [], milliseconds });
  return { applied: { id: migration.id, words, milliseconds }, findings };
}

function nextPass({ migration, statement: { line } }: BackfillJob, cursor: Cursor, passes: number): Cursor {
  const { pass, rows, rowsBefore } = cursor;
  if (passes < mostPasses) return { pass: pass + 1, after: null, until: null, rows, rowsBefore: rows };
  const last = String(rows - rowsBefore);
  const data = { migration: migration.id, passes, rows: String(rows), last };
  throw new ShipshapeError([makeFinding('backfill-never-ends', data, placeOf(migration, line))]);
}

/** Its end in the journal and its row of the ledger, by one transaction. */
function finish(scene: Scene, job: BackfillJob, cursor: Cursor, again: boolean): Promise<readonly Finding[]> {
  const { migration, checksum } = job;
  return retrying(scene, migration, () =>
    fenced(scene, {
      migration,
      header: migration.header,
      async work(xid, flight) {
        await writeCursor(scene, { migration, checksum, cursor, state: 'done', again });
        return record(scene, migration, xid, flight);
      },
      wasDone: (session, xid) => scene.order.book.wasWritten(session, entryOf(scene, migration, xid)),
    }),
  );
}

function tellResumed({ order }: Scene, { migration, statement }: BackfillJob, row: JournalStep): void {
  const behind = row.cursor === null ? '' : ` behind ${row.cursor}`;
  const words = `goes on in pass ${row.pass}${behind}: ${row.rows} rows are changed since ${row.startedAt}`;
  order.on({ kind: 'step', migration: migration.id, line: statement.line, words });
}

function edited(
  { runner }: Scene,
  migration: Migration,
  { line }: Statement,
  { rows, startedAt }: JournalStep,
): ShipshapeError {
  const anew = `DELETE FROM shipshape.step WHERE scope = ${quoteLiteral(runner.scope)} AND migration = ${quoteLiteral(migration.id)};`;
  const data = { migration: migration.id, place: displayPlace(migration, line), rows, startedAt, anew };
  return new ShipshapeError([makeFinding('backfill-edited', data, placeOf(migration, line))]);
}
