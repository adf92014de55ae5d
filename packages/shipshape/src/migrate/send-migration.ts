// A file sent ahead: as much of it as needs no answer.
import type { MigrationId } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { openTransaction } from './fenced.ts';
import type { Flight } from './flight.ts';
import { renderEntry } from './ledger.ts';
import type { Prepared } from './prepared.ts';
import { entryOf } from './record.ts';
import type { Foreseen, ServerLook } from './run-order.ts';
import type { Scene } from './scene.ts';
import type { SentApart, SentWhole, SentWork } from './sent-migration.ts';
import { close, closing } from './transaction-text.ts';

/**
 * Opening, fence, statements, closing and the look at what they have made, all at once: the server refuses what stands behind
 * the first that it refuses. `after`: as in `openTransaction`. Null where the client has to see an answer before it may go on:
 * which backend a pooler has given, or whether the folder's own tool was there.
 */
export function sendApart(scene: Scene, prepared: Prepared, after: MigrationId | null): SentApart | null {
  if (!maySend(scene, prepared)) return null;
  const opened = openTransaction(scene, prepared.migration.header, after);
  return { kind: 'apart', ...opened, ...sendWork(scene, prepared, opened.flight) };
}

/** Null where it cannot be sent with its row and COMMIT: as above, and where it cannot be foreseen what the look will find. */
export function foresee(scene: Scene, prepared: Prepared): Foreseen | null {
  const { order, runner } = scene;
  if (!maySend(scene, prepared) || !prepared.statements.every((each) => each.keepsPrepared)) return null;
  return order.ask.foresee(runner.work, prepared.migration);
}

export interface SendingWhole {
  readonly foreseen: Foreseen;
  /** As in `openTransaction`. */
  readonly after: MigrationId | null;
  /** Whether its COMMIT waits for the disk. */
  readonly settles: boolean;
}

/** With its row and COMMIT. */
export function sendWhole(
  scene: Scene,
  prepared: Prepared,
  { foreseen, after, settles }: SendingWhole,
): SentWhole {
  const look = foreseen.look?.(scene.runner.prepared) ?? null;
  const opened = openTransaction(scene, prepared.migration.header, after, true);
  const statements = sendStatements(scene, prepared, opened.flight);
  const ended = sendEnd(scene, prepared, look, settles);
  return { kind: 'whole', ...opened, look, findings: foreseen.findings, statements, ended };
}

function maySend({ order, runner }: Scene, { migration }: Prepared): boolean {
  return migration.rule === 'each file' && !runner.pooled && order.book.inLedger;
}

/** In the transaction that `work` is in, or is about to open. */
export function sendWork(scene: Scene, prepared: Prepared, flight: Flight): SentWork {
  const { order, runner } = scene;
  const { migration } = prepared;
  const statements = sendStatements(scene, prepared, flight);
  const closed = close(scene, migration.header);
  flight.send(closed);
  const kept = order.ask.promiseKept(runner, migration);
  flight.send(kept);
  return { statements, closed, kept };
}

function sendStatements(
  { runner }: Scene,
  { statements }: Prepared,
  flight: Flight,
): SentWhole['statements'] {
  if (!statements.every((each) => each.keepsPrepared)) runner.prepared.what = 'unknown';
  const answers = statements.map(({ text }) => runner.work.query<unknown>(text));
  for (const each of answers) flight.send(each);
  return answers;
}

/**
 * COMMIT does not wait for the disk then (manual 28.4): a later one does, or that which gives back the lease, and what a
 * server has on its disk, it has with all that came before. One that crashes in between has forgotten file and row together.
 */
const unsettled = 'SET LOCAL synchronous_commit = off';

/** One message: where any of it is refused, the server passes over COMMIT, and over all that is sent behind it. */
function sendEnd(
  scene: Scene,
  { migration }: Prepared,
  look: ServerLook | null,
  settles: boolean,
): SentWhole['ended'] {
  const { runner } = scene;
  const closed = [...closing(scene, migration.header), ...(settles ? [] : [unsettled])];
  const entry = renderEntry(entryOf(scene, migration, null));
  const judging = look === null ? null : closed.length + look.judging;
  const text = [...closed, ...(look?.statements ?? []), entry, 'COMMIT'].join(';\n');
  const ended = runner.work.queryAll(text).then(
    () => 'committed' as const,
    (error: unknown) => {
      if (isRefusedAt(error, judging)) return 'unlike' as const;
      throw error;
    },
  );
  // It is told where it is awaited; what was refused before it is told in its place.
  ended.catch(() => undefined);
  return ended;
}

/** What the look says where it sees something else, or where what it had prepared was cleared away. */
function isRefusedAt(error: unknown, statement: number | null): boolean {
  const { invalidTextRepresentation, invalidSqlStatementName } = sqlstates;
  return (
    error instanceof DatabaseError &&
    error.completed === statement &&
    (error.sqlstate === invalidTextRepresentation || error.sqlstate === invalidSqlStatementName)
  );
}
