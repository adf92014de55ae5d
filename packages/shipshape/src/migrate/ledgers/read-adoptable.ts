// readAdoptable: which files that were copied out of another tool's folder its ledger says are applied.
import type { MigrationId } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { Migration } from '../migration.ts';
import type { KnownFile, LedgerRow, LedgerRule } from './foreign-ledger.ts';
import { withoutEnding } from './match-names.ts';
import { readLedgersHere } from './read-foreign-ledger.ts';

export interface Adoptable {
  readonly tool: string;
  /** As people write it: `drizzle.__drizzle_migrations`. */
  readonly table: string;
  readonly applied: ReadonlySet<MigrationId>;
  /** Those that the tool failed in, as it calls them, with what it wants done. */
  readonly failed: ReadonlyMap<MigrationId, string>;
}

/**
 * Reads only. The ledger is the one of whose rows most mean a file: by the tool's own rule, then by the name without the
 * number at its front, then by the SHA-256 of the bytes. `table`: what the team calls it; null for the tools' own names.
 */
export async function readAdoptable(
  session: Session,
  files: readonly Migration[],
  table: string | null,
): Promise<Adoptable | null> {
  const known = files.map(({ id, checksum, sql }) => ({ id, checksum, text: sql, when: null }));
  const found = (await readLedgersHere(session, table)).map(({ rule, rows, table }) => ({
    tool: rule.tool,
    table,
    applied: matched(rule, rows, known),
    failed: new Map(
      [...rule.read(rows, known).hindered].flatMap(([id, { state, act }]) =>
        state === 'failed' ? [[id, act] as const] : [],
      ),
    ),
  }));
  return found.toSorted((a, b) => b.applied.size - a.applied.size)[0] ?? null;
}

function matched(
  rule: LedgerRule,
  rows: readonly LedgerRow[],
  known: readonly KnownFile[],
): ReadonlySet<MigrationId> {
  const ids = new Set(known.map(({ id }) => id));
  const saying = rule.read(rows, known);
  const applied = new Set(saying.entries.map(({ id }) => id).filter((id) => ids.has(id)));
  const called = new Set(saying.entries.map(({ id }) => id).filter((id) => !ids.has(id)));
  for (const file of known) {
    if (applied.has(file.id)) continue;
    const alike = known.filter(({ id }) => nameIn(id) === nameIn(file.id));
    // Two files of one name: which of them is meant is not to be told.
    const byName = alike.length === 1 && [...called].some((name) => nameIn(name) === nameIn(file.id));
    if (byName || rows.some((row) => isSame(rule, row, file))) applied.add(file.id);
  }
  return applied;
}

/** `20240102030405_calls`, `0001-calls.sql` and `0001_calls` are all `calls`; a name of digits alone stays as it is. */
function nameIn(name: string): string {
  return withoutEnding(name).replace(/^\d+[_.-]+(?=.)/, '');
}

/** Prisma and Drizzle keep the SHA-256 of a file. Of a row that does not stand (rolled back, failed), the rule tells nothing. */
function isSame(rule: LedgerRule, row: LedgerRow, { id, checksum }: KnownFile): boolean {
  const kept = row.checksum ?? row.hash;
  if (typeof kept !== 'string' || checksum !== `sha256:${kept}`) return false;
  return rule.read([row], [{ id, checksum, text: null, when: null }]).entries.length > 0;
}
