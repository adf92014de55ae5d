// keepStatements: what is worth keeping of a file that PostgreSQL's parser has read, so that a run need not read it again.
import type { KeptStatement } from '../catalog/index.ts';
import type { Migration } from './migration.ts';
import { prepareParsed } from './prepare-parsed.ts';

/**
 * Null for a file of which a run has to see more: another tool's, one that is not one transaction, one that may leave
 * something in the session, and one that a run would refuse. Throws as `readStatements` does.
 */
export async function keepStatements(migration: Migration): Promise<readonly KeptStatement[] | null> {
  if (migration.header === undefined) return null;
  const { prepared, findings } = await prepareParsed(migration);
  if (prepared.by !== 'file' || prepared.parsed === null || findings.length > 0) return null;
  if (!prepared.parsed.every((each) => each.keepsPrepared)) return null;
  const bytes = Buffer.from(migration.sql);
  return prepared.parsed.map(({ text, line, changes, start }) => {
    // The parser counts in bytes.
    const from = bytes.toString('utf8', 0, start).length;
    return { from, to: from + text.length, line, changes };
  });
}
