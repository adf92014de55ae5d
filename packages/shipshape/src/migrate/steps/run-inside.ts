// runInside: a step that can be in a transaction has one of its own, with its row of the journal in it.
import { fenced } from '../fenced.ts';
import { type Header, plainHeader } from '../header.ts';
import { readOwnMark, writeMark } from '../journal.ts';
import { retrying } from '../retrying.ts';
import { runStatement } from '../run-statement.ts';
import type { Scene } from '../scene.ts';
import { close } from '../transaction-text.ts';
import type { Step } from './step.ts';

/** In words what it did. Throws as `retrying` and `fenced` do. */
export function runInside(scene: Scene, step: Step): Promise<readonly string[]> {
  const { migration, statement, position, checksum, settings } = step;
  const header = headerOf(step);
  const mark = { migration: migration.id, position, checksum, state: 'done', expects: null } as const;
  return retrying(scene, migration, (attempt) =>
    fenced(scene, {
      migration,
      header,
      wasDone: (session) => readOwnMark(session, scene.runner, mark),
      async work() {
        for (const setting of settings) {
          attempt.statement = setting;
          await scene.runner.work.query(setting.text);
        }
        attempt.statement = statement;
        const words = await runStatement(scene, migration, statement, (blockers) => {
          attempt.blockers = blockers;
        });
        await close(scene, header);
        await writeMark(scene, { ...mark, again: step.attempts > 0 });
        return words;
      },
    }),
  );
}

/** What VALIDATE CONSTRAINT waits for stops nobody who reads or writes: it may wait as long as it takes. */
function headerOf({ migration, statement: { node } }: Step): Header | undefined {
  const cmds = 'AlterTableStmt' in node ? (node.AlterTableStmt.cmds ?? []) : [];
  const validates = cmds.every(
    (cmd) => 'AlterTableCmd' in cmd && cmd.AlterTableCmd.subtype === 'AT_ValidateConstraint',
  );
  return cmds.length > 0 && validates
    ? { ...(migration.header ?? plainHeader), lockTimeoutMs: 0 }
    : migration.header;
}
