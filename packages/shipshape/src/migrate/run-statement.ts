// runStatement: one statement of a migration, and what it did in words.
import type { Notice, Result } from '../postgres/session.ts';
import { describeDeed } from './describe-statement.ts';
import type { Migration } from './migration.ts';
import type { Blocker } from './run-order.ts';
import type { Scene } from './scene.ts';
import type { ToldStatement } from './told-statement.ts';
import { watched } from './watch.ts';

/** Runs it and says in words what it did; `seen` is told who blocks it. Rejects as the session does. */
export async function runStatement(
  scene: Scene,
  migration: Migration,
  statement: ToldStatement,
  seen: (blockers: readonly Blocker[]) => void,
): Promise<readonly string[]> {
  const { runner } = scene;
  const began = performance.now();
  runner.prepared.what = 'unknown';
  const result = await watched(scene, migration, statement, seen, () => runner.work.query(statement.text));
  return tellStatement(scene, migration, statement, result, performance.now() - began);
}

/** What it did, in words, which are told as well. */
export function tellStatement(
  { order }: Scene,
  migration: Migration,
  statement: ToldStatement,
  { rowCount, notices }: Result<unknown>,
  milliseconds: number,
): readonly string[] {
  const words = describeDeed(statement, rowCount, notices);
  order.on({
    kind: 'statement',
    migration: migration.id,
    line: statement.line,
    words,
    notices: notices.filter((notice) => !isSkip(notice)).map((notice) => notice.message),
    milliseconds,
  });
  return words;
}

/** What IF [NOT] EXISTS says is in the words already. */
function isSkip({ sqlstate, message }: Notice): boolean {
  return /^42(701|P07|P06|710)$/.test(sqlstate) || /, skipping$/.test(message);
}
