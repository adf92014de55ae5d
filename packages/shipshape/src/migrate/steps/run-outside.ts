// runOutside: a step that cannot be in a transaction: journalled before, and recognised afterwards by what there is.
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../../postgres/database-error.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { readBlockers } from '../blockers.ts';
import { isConnectionLost } from '../connection-lost.ts';
import { assertGoing, fenced } from '../fenced.ts';
import { readOwnMark, writeMark } from '../journal.ts';
import { makePaceMeter } from '../pace.ts';
import { placeOf } from '../place.ts';
import { readAdvance } from '../read-advance.ts';
import { type Attempt, retrying } from '../retrying.ts';
import { runStatement } from '../run-statement.ts';
import type { Scene } from '../scene.ts';
import { watched } from '../watch.ts';
import { clearAway } from './clear-away.ts';
import { look } from './look.ts';
import type { Look, Step } from './step.ts';
import { withSettings } from './with-settings.ts';

/** How often a build by somebody else's session is looked at. */
const buildingEveryMs = 1000;

/**
 * In words what it did, or what was there; null when the connection was lost before it began. Throws as `retrying` does, and
 * `index-of-another-definition` (exit 6).
 */
export function runOutside(scene: Scene, step: Step): Promise<readonly string[] | null> {
  let current = step;
  if (step.begun !== null)
    tell(scene, step, `step ${step.number} was cut off in an attempt that began on ${step.begun.startedAt}`);
  return retrying(scene, step.migration, async (attempt) => {
    attempt.statement = step.statement;
    const seen = await lookUntilFree(scene, current);
    if (seen.state === 'done') {
      await mark(scene, current, 'done', seen.expects);
      const words = [seen.words];
      const { migration, statement } = step;
      const at = { migration: migration.id, line: statement.line };
      scene.order.on({ kind: 'statement', ...at, words, notices: [], milliseconds: 0 });
      return words;
    }
    await mark(scene, current, 'started', seen.expects);
    const startedAt = new Date().toISOString();
    current = { ...current, attempts: current.attempts + 1, begun: { expects: seen.expects, startedAt } };
    if (scene.connection.lost) return null;
    const words = await act(scene, current, seen, attempt);
    // IF NOT EXISTS may have met what somebody else has made in this very moment.
    if ('IndexStmt' in step.statement.node) await lookUntilFree(scene, current);
    await mark(scene, current, 'done', seen.expects);
    return words;
  });
}

async function act(scene: Scene, step: Step, seen: Look, attempt: Attempt): Promise<readonly string[]> {
  const noteBlockers = (blockers: Attempt['blockers']) => {
    attempt.blockers = blockers;
  };
  try {
    // The session is what fences it: whoever takes over ends that session first.
    await scene.lock.heartbeat.beatNow();
    assertGoing(scene);
    return await withSettings(scene, step, async () => {
      const { migration, statement } = step;
      if (seen.state !== 'half done') return runStatement(scene, migration, statement, noteBlockers);
      tell(scene, step, seen.words);
      for (const text of seen.clear)
        await watched(scene, migration, statement, noteBlockers, () => scene.runner.work.query(text));
      return seen.instead === null
        ? runStatement(scene, migration, statement, noteBlockers)
        : runStatement(scene, migration, { ...statement, text: seen.instead }, noteBlockers);
    });
  } catch (error) {
    if (error instanceof DatabaseError && !isConnectionLost(error)) await clearAway(scene, step);
    throw error;
  }
}

/** In a fenced transaction of its own. */
function mark(scene: Scene, step: Step, state: 'started' | 'done', expects: unknown): Promise<void> {
  const { migration, position, checksum, attempts } = step;
  const row = { migration: migration.id, position, checksum, state, expects };
  return fenced(scene, {
    migration,
    header: migration.header,
    work: () => writeMark(scene, { ...row, again: state === 'started' && attempts > 0 }),
    wasDone: (session) => readOwnMark(session, scene.runner, row),
  });
}

async function lookUntilFree(scene: Scene, step: Step): Promise<Exclude<Look, { state: 'being built' }>> {
  const { order, runner } = scene;
  const { migration, statement } = step;
  const pace = makePaceMeter();
  for (;;) {
    const seen = await look(scene, step);
    if (seen.state === 'another') {
      const { what: index, expected, found, drop } = seen;
      const data = { migration: migration.id, index, expected, found, drop };
      throw new ShipshapeError([
        makeFinding('index-of-another-definition', data, placeOf(migration, statement.line)),
      ]);
    }
    if (seen.state !== 'being built') return seen;
    const advance = (await readAdvance(runner.beat, seen.pid)) ?? {
      phase: 'at work',
      done: null,
      total: null,
      unit: 'blocks' as const,
    };
    const named = { ...advance, phase: `pid ${seen.pid} builds ${seen.what}: ${advance.phase}` };
    const blockers = await readBlockers(runner, seen.pid);
    order.on({
      kind: 'progress',
      migration: migration.id,
      line: statement.line,
      advance: named,
      ...pace(named),
      blockers,
    });
    await sleep(buildingEveryMs, undefined, { signal: order.signal });
    assertGoing(scene);
  }
}

function tell({ order }: Scene, { migration, statement }: Step, words: string): void {
  order.on({ kind: 'step', migration: migration.id, line: statement.line, words });
}
