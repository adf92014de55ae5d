// diagnoseTampering: does the ledger tell the same history as the migrations?
import type { LedgerEntry } from '../catalog/index.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import { appliedIds, type KnownMigration, newerThanAll } from './migrated.ts';

/** `known`: the files, or a snapshot's migrations, in order. Nothing is said without a ledger: nothing was applied. */
export function diagnoseTampering(
  ledger: readonly LedgerEntry[] | null,
  known: readonly KnownMigration[],
): readonly Finding[] {
  if (ledger === null) return [];
  const checksums = new Map(known.map((each) => [each.id, each.checksum]));
  const ahead = newerThanAll(known, ledger);
  const newer = new Set(ahead);
  const tampered = ledger.flatMap(({ id, checksum, appliedAt }) => {
    const place = { migration: id, verdict: 'tampered' } as const;
    const now = checksums.get(id);
    if (now === undefined)
      return newer.has(id) ? [] : [makeFinding('history-missing', { migration: id, appliedAt }, place)];
    return now === checksum ? [] : [makeFinding('history-edited', { migration: id, appliedAt }, place)];
  });
  const notes =
    ahead.length === 0 ? [] : [makeFinding('database-ahead', { migrations: ahead }, { verdict: 'agreed' })];
  return [...tampered, ...findSkipped(ledger, known), ...notes];
}

function findSkipped(ledger: readonly LedgerEntry[], known: readonly KnownMigration[]): readonly Finding[] {
  const applied = appliedIds(ledger);
  const last = known.findLastIndex((each) => applied.has(each.id));
  return known
    .slice(0, last + 1)
    .filter((each) => !applied.has(each.id))
    .map(({ id }) => {
      const after = known
        .slice(known.findIndex((each) => each.id === id))
        .find((each) => applied.has(each.id));
      const data = { migration: id, after: after?.id ?? '' };
      return makeFinding('history-skipped', data, { migration: id, verdict: 'tampered' });
    });
}
