// matchNames: the rule of most tools: a row bears the name of the migration that is applied.
import type { LedgerEntry } from '../../catalog/index.ts';
import type { KnownFile, LedgerRow, LedgerSaying } from './foreign-ledger.ts';

export interface NameRule {
  /** What the row calls its migration; null for a row that is about none. */
  readonly called: (row: LedgerRow) => string | null;
  /** When that was, as the row says it. */
  readonly at: string | null;
  /** What a row is called that means no known migration; as it is called when left out. */
  readonly other?: (row: LedgerRow) => string;
  /** Whether a row's name is this migration's. */
  readonly isOf?: (name: string, known: KnownFile) => boolean;
}

export function matchNames({ called, at, isOf = isSame, other }: NameRule) {
  return (rows: readonly LedgerRow[], known: readonly KnownFile[]): LedgerSaying => ({
    entries: rows.flatMap((row) => {
      const name = called(row);
      if (name === null) return [];
      const file = known.find((each) => isOf(name, each));
      return [
        makeEntry(file?.id ?? other?.(row) ?? name, file?.checksum ?? '', at === null ? null : row[at]),
      ];
    }),
    edited: new Set(),
    hindered: new Map(),
  });
}

/** `appliedAt` is empty where the tool does not say it. */
export function makeEntry(id: string, checksum: string, at: unknown): LedgerEntry {
  const time = at === null || at === undefined ? Number.NaN : new Date(at as string | number).getTime();
  return { id, checksum, appliedAt: Number.isNaN(time) ? '' : new Date(time).toISOString() };
}

export function withoutEnding(name: string): string {
  return name.replace(/\.(?:[cm]?[jt]s|sql)$/, '');
}

function isSame(name: string, { id }: KnownFile): boolean {
  return name === id;
}
