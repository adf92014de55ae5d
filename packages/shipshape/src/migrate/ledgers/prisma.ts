// prismaRule: _prisma_migrations, a row an attempt.
import type { Hindrance, KnownFile, LedgerRow, LedgerRule } from './foreign-ledger.ts';
import { hasChecksum } from './line-endings.ts';
import { makeEntry } from './match-names.ts';

/**
 * prisma-engines, `migration_persistence.rs` and `diagnose_migration_history.rs`: a migration is applied where a row has
 * `finished_at` and no `rolled_back_at`; with neither it failed halfway, and `migrate deploy` refuses (P3009).
 */
export const prismaRule: LedgerRule = {
  tool: 'Prisma',
  table: '_prisma_migrations',
  schema: null,
  columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at'],
  command: 'npx prisma migrate deploy',
  read(rows, known) {
    const standing = rows.filter((row) => row.rolled_back_at === null);
    const finished = standing.filter((row) => row.finished_at !== null);
    const byId = new Map(known.map((each) => [each.id, each]));
    const names = new Set(finished.map(nameOf));
    return {
      entries: finished.map((row) =>
        makeEntry(nameOf(row), byId.get(nameOf(row))?.checksum ?? '', row.finished_at),
      ),
      edited: new Set(
        finished.filter((row) => isEdited(row, byId.get(nameOf(row)))).map((row) => nameOf(row)),
      ),
      hindered: new Map(
        standing
          .filter((row) => row.finished_at === null && !names.has(nameOf(row)))
          .map((row) => [nameOf(row), explain(nameOf(row))]),
      ),
    };
  },
};

function nameOf({ migration_name: name }: LedgerRow): string {
  return String(name);
}

function isEdited({ checksum }: LedgerRow, file: KnownFile | undefined): boolean {
  if (file === undefined || file.checksum === `sha256:${checksum}`) return false;
  return file.text !== null && !hasChecksum(file.text, String(checksum));
}

function explain(name: string): Hindrance {
  const act = `npx prisma migrate resolve --rolled-back ${name}     once what it did is undone; then npx prisma migrate deploy`;
  return { state: 'failed', act };
}
