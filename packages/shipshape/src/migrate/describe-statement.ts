// describeStatement: what a statement does, in words, one change a clause; and what came of each.
import type { Change } from '../catalog/index.ts';
import type { Notice } from '../postgres/session.ts';
import type { ToldStatement } from './told-statement.ts';
import { renderDeed, renderIntent } from './words/change.ts';

/** What PostgreSQL's IF NOT EXISTS says when it skips: duplicate column, relation, schema, object (manual appendix A). */
const alreadyThere = new Set(['42701', '42P07', '42P06', '42710']);

/** Before it runs: `add call_log.recording_mode varchar(32)`. Never empty. */
export function describeIntent({ changes }: Pick<ToldStatement, 'changes'>): readonly string[] {
  return changes.map(renderIntent);
}

/**
 * After it ran: `added call_log.recording_mode varchar(32)`, or `call_log.recording_mode was already there` where a
 * notice says that IF NOT EXISTS skipped it. `rowCount` is the command tag's.
 */
export function describeDeed(
  { changes }: Pick<ToldStatement, 'changes'>,
  rowCount: number | null,
  notices: readonly Notice[],
): readonly string[] {
  const unread = [...notices];
  return changes.map((change) => {
    const skipped = change.tolerates === undefined ? null : takeSkip(change.tolerates, unread);
    return skipped ?? renderDeed(change, rowCount);
  });
}

/** Notices come in the order of the clauses, so each is read once. */
function takeSkip(tolerated: NonNullable<Change['tolerates']>, unread: Notice[]): string | null {
  const at = unread.findIndex(
    (notice) =>
      mentions(notice.message, tolerated.name) &&
      (tolerated.state === 'there' ? alreadyThere.has(notice.sqlstate) : notice.sqlstate === '00000'),
  );
  const [notice] = at === -1 ? [] : unread.splice(at, 1);
  if (notice === undefined) return null;
  if (tolerated.state === 'there') return `${tolerated.subject} was already there`;
  // DROP IF EXISTS skips under 00000 like any other notice (a cascade, say), and messages are translated.
  return /does not exist/.test(notice.message)
    ? `${tolerated.subject} was not there`
    : `dropped ${tolerated.subject} if it was there (the server says: ${notice.message})`;
}

/** The name as a word of its own: "a" is not in "data". */
function mentions(message: string, name: string): boolean {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'u').test(message);
}
