// renderIntended: what a dry run says of a migration.
import type { IntendedMigration } from '../deploy/dry-run.ts';
import { count } from '../report/render/wrap.ts';

/** `0052_index would, in 2 steps that are kept by themselves`, then a line a change. */
export function renderIntended({
  id,
  by,
  rows,
  steps,
  statements,
  command,
}: IntendedMigration): readonly string[] {
  if (command !== null) return [`${id} would be applied by "${command}"`, ''];
  const ways: Partial<Record<IntendedMigration['by'], string>> = {
    'each statement': `, in ${count(steps, 'step')} that ${steps === 1 ? 'is kept by itself' : 'are kept by themselves'}`,
    'each batch': `, batch by batch${rows === null ? '' : ` over about ${rows} rows`}`,
  };
  return [
    `${id} would${ways[by] ?? ''}`,
    ...statements.flatMap(({ words, lock, whoWaits, done }) => {
      const marks = [lock === null ? '' : `${lock}: ${whoWaits}`, done ? 'done before' : ''].filter(Boolean);
      const aside = marks.length === 0 ? '' : `     (${marks.join('; ')})`;
      return words.map((word, at) => `  ${word}${at === 0 ? aside : ''}`);
    }),
    '',
  ];
}
