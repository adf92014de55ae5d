// drizzleRule: __drizzle_migrations, by the times of the journal.
import type { Hindrance, KnownFile, LedgerRow, LedgerRule } from './foreign-ledger.ts';
import { hasChecksum } from './line-endings.ts';
import { makeEntry } from './match-names.ts';

/**
 * drizzle-orm 0.x, `migrate` of its pg dialect: a row has the time of the journal's entry and the SHA-256 of the file, and
 * what runs is what lies above the highest time. An entry below it without a row is passed over for good.
 */
export const drizzleRule: LedgerRule = {
  tool: 'Drizzle',
  table: '__drizzle_migrations',
  schema: 'drizzle',
  columns: ['hash', 'created_at'],
  command: 'npx drizzle-kit migrate',
  read(rows, known) {
    const highest = Math.max(...rows.map((row) => Number(row.created_at)));
    const found = new Map(rows.map((row) => [row, known.find((each) => isOf(row, each))]));
    const latest = Math.max(...known.map(({ when }) => when ?? Number.POSITIVE_INFINITY));
    const applied = new Set([...found.values()].map((each) => each?.id));
    return {
      entries: [...found].flatMap(([row, file]) => {
        if (file !== undefined) return [makeEntry(file.id, file.checksum, null)];
        // What was squashed since is no newer release's.
        if (typeof row.name === 'string') return [makeEntry(row.name, '', null)];
        return Number(row.created_at) > latest ? [makeEntry(String(row.created_at), '', null)] : [];
      }),
      edited: new Set(
        [...found].flatMap(([row, file]) => (file !== undefined && isEdited(row, file) ? [file.id] : [])),
      ),
      hindered: new Map(
        known
          .filter(({ id, when }) => when !== null && when <= highest && !applied.has(id))
          .map(({ id }) => [id, explain(id, highest)]),
      ),
    };
  },
};

/** A snapshot has no times; the folders of 1.0 have names, which its rows bear. */
function isOf({ created_at: at, hash, name }: LedgerRow, { id, checksum, when }: KnownFile): boolean {
  if (when !== null) return Number(at) === when;
  return name === id || checksum === `sha256:${hash}`;
}

function isEdited({ hash }: LedgerRow, { checksum, text }: KnownFile): boolean {
  return checksum !== `sha256:${hash}` && text !== null && !hasChecksum(text, String(hash));
}

function explain(id: string, highest: number): Hindrance {
  const act = `give ${id} a "when" above ${highest} in meta/_journal.json, then npx drizzle-kit migrate     Drizzle passes over what lies below its newest row`;
  return { state: 'passed over', act };
}
