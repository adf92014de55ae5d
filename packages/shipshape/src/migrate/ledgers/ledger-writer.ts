// LedgerWriter: how a tool makes its table, and writes into it that a migration is applied.
import type { KnownFile } from './foreign-ledger.ts';

/** A statement on the tool's table. */
export interface OnTable {
  /** What follows the table's name. */
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface LedgerWriter {
  /** Where the tool makes it; null for the first schema of the search path. */
  readonly schema: string | null;
  /** The tool makes the schema as well. */
  readonly makesSchema: boolean;
  /** What follows `CREATE TABLE <table>`. */
  readonly table: (known: KnownFile) => string;
  /** What the tool writes into a table that it has just made. */
  readonly first?: OnTable;
  /** `columns`: those that the table has, since a tool's versions differ in them. */
  readonly row: (known: KnownFile, columns: ReadonlySet<string>) => OnTable;
  /** What takes the row away when the migration is undone; follows `DELETE FROM <table>`. Left out for a tool that has no way back. */
  readonly remove?: (known: KnownFile) => OnTable;
  /** What the row supersedes, by the migration's name `$1`; follows `UPDATE <table>`. */
  readonly supersede?: string;
  /** The key of the advisory lock that the tool's own runner holds while it works. */
  readonly lockKey?: string;
}
