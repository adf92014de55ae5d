// prepare: pending files read and judged before the first of them runs.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KeptStatement } from '../catalog/index.ts';
import { majorOf } from '../postgres/server-major.ts';
import { type Finding, ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import type { Prepared } from './prepared.ts';
import { recallStatements } from './recall-statements.ts';
import { requiresNewer } from './requires-newer.ts';

/**
 * `serverVersion`: as a session tells it. `recall`: as in `Ask`; without it every file is parsed. Throws ShipshapeError with
 * every refused statement of every file (`migration-holds-transaction`, `migration-outside-transaction`,
 * `migration-reads-client`, `migration-requires-newer`, `backfill-unfit`), or with the first syntax error (`migration-syntax`).
 */
export async function prepare(
  migrations: readonly Migration[],
  serverVersion: string,
  recall: (migration: Migration) => readonly KeptStatement[] | null = () => null,
): Promise<readonly Prepared[]> {
  const major = majorOf(serverVersion);
  const prepared: Prepared[] = [];
  const findings: Finding[] = [];
  for (const migration of migrations) {
    findings.push(...requiresNewer(migration, major));
    const kept = recall(migration);
    if (kept !== null) {
      prepared.push({ by: 'file', migration, statements: recallStatements(migration, kept), parsed: null });
      continue;
    }
    // The parser, and what reads its trees, is not loaded for files that were read before.
    const { prepareParsed } = await import('./prepare-parsed.ts');
    const read = await prepareParsed(migration);
    prepared.push(read.prepared);
    findings.push(...read.findings);
    // The parser waits for nothing; the second connection, which is made meanwhile, waits for a turn.
    await nextTurn();
  }
  const [first, ...rest] = findings;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return prepared;
}
