// recallStatements: statements of a file that PostgreSQL's parser has read before, as a run has to know them.
import type { KeptStatement } from '../catalog/index.ts';
import type { Migration } from './migration.ts';
import type { ToldStatement } from './told-statement.ts';

/** `kept`: of a text of the same checksum. */
export function recallStatements(
  { sql }: Migration,
  kept: readonly KeptStatement[],
): readonly ToldStatement[] {
  return kept.map(({ from, to, line, changes }) => ({
    text: sql.slice(from, to),
    line,
    changes,
    outside: null,
    keepsPrepared: true,
  }));
}
