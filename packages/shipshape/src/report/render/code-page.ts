// renderCodePage: a code's page in the manual, from the catalogue alone.
import { codes, type Slug } from '../codes.ts';

const meanings = {
  0: 'agreed or done',
  1: 'disagreed',
  2: 'asked wrongly',
  3: 'refused',
  4: 'cannot reach or read the database',
  5: 'busy',
  6: 'a migration failed',
} as const;

/** Markdown; the same text that `shipshape explain <code>` shows. */
export function renderCodePage(slug: Slug): string {
  const { title, explain, severity, exit } = codes()[slug];
  const consequence =
    severity === 'error'
      ? `An error: the command exits with ${exit} (${meanings[exit]}).`
      : `A ${severity}: it does not decide the exit code by itself.`;
  return `# ${slug}\n\n${title}\n\n${explain}\n\n${consequence}\n`;
}
