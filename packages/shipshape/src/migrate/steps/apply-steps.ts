// applySteps: a migration whose statements commit by themselves, each of them done exactly once over all attempts.
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Done } from '../apply-migration.ts';
import { fenced } from '../fenced.ts';
import { checksumOf, isCleared, type JournalStep, readJournal } from '../journal.ts';
import { displayPlace, placeOf } from '../place.ts';
import type { Prepared, PreparedParts } from '../prepared.ts';
import { entryOf, record } from '../record.ts';
import { retrying } from '../retrying.ts';
import type { Scene } from '../scene.ts';
import { runInside } from './run-inside.ts';
import { runOutside } from './run-outside.ts';
import { isSetting, type Step } from './step.ts';

/**
 * Null when the connection was lost after a step had come through: the next round goes on there. Throws ShipshapeError
 * as `applyMigration` does, `step-edited` (exit 3), and `index-of-another-definition` (exit 6).
 */
export async function applySteps(scene: Scene, prepared: PreparedParts): Promise<Done | null> {
  const { order, runner, progress } = scene;
  const { migration } = prepared;
  const began = performance.now();
  const journal = await readJournal(runner.work, runner.scope, migration.id);
  const steps = stepsOf(prepared, journal);
  const isDone = (position: number) =>
    journal.some((row) => row.position === position && row.state === 'done');
  progress.steps = {
    done: steps.filter((each) => isDone(each.position)).length,
    of: steps.length,
    rows: null,
  };
  assertUnedited(prepared, journal, steps);
  order.on({ kind: 'started', migration: migration.id, statements: steps.length, by: migration.rule });
  const words: string[] = [];
  for (const step of steps) {
    if (isDone(step.position)) {
      const told = `step ${step.number} of ${steps.length} was done before`;
      order.on({ kind: 'step', migration: migration.id, line: step.statement.line, words: told });
      continue;
    }
    const act = step.statement.outside === null ? runInside : runOutside;
    const said = await act(scene, step);
    if (said === null) return null;
    words.push(...said);
    progress.steps = { ...progress.steps, done: progress.steps.done + 1 };
    if (scene.connection.lost) return null;
  }
  const findings = await finish(scene, prepared);
  return { applied: { id: migration.id, words, milliseconds: performance.now() - began }, findings };
}

/** Its row of the ledger, once all is done. */
export function finish(scene: Scene, { migration }: Prepared): Promise<readonly Finding[]> {
  return retrying(scene, migration, () =>
    fenced(scene, {
      migration,
      header: migration.header,
      async work(xid, flight) {
        await scene.order.book.enter(scene.runner.work, migration);
        return record(scene, migration, xid, flight);
      },
      wasDone: (session, xid) => scene.order.book.wasWritten(session, entryOf(scene, migration, xid)),
    }),
  );
}

function stepsOf({ migration, statements }: PreparedParts, journal: readonly JournalStep[]): readonly Step[] {
  const rows = new Map(journal.map((row) => [row.position, row]));
  const settings: Step['settings'][number][] = [];
  const steps: Step[] = [];
  for (const [position, statement] of statements.entries()) {
    if (isSetting(statement)) {
      settings.push(statement);
      continue;
    }
    const row = rows.get(position);
    steps.push({
      migration,
      statement,
      position,
      number: steps.length + 1,
      checksum: checksumOf(statement),
      settings: [...settings],
      begun: row?.state === 'started' && !isCleared(row) ? row : null,
      attempts: row?.attempts ?? 0,
    });
  }
  return steps;
}

function assertUnedited(
  { migration }: Prepared,
  journal: readonly JournalStep[],
  steps: readonly Step[],
): void {
  for (const row of journal) {
    const step = steps.find(({ position }) => position === row.position);
    if (isCleared(row) || step?.checksum === row.checksum) continue;
    const line = step?.statement.line ?? null;
    const data = {
      migration: migration.id,
      place: displayPlace(migration, line),
      step: step?.number ?? row.position + 1,
      of: steps.length,
      done: journal.filter(({ state }) => state === 'done').length,
      state: row.state,
      startedAt: row.startedAt,
    };
    throw new ShipshapeError([makeFinding('step-edited', data, placeOf(migration, line))]);
  }
}
