// Migration: one file that changes a database, and what came of running it.
import type { LedgerEntry, MigrationId } from '../catalog/index.ts';

export interface Migration {
  readonly id: MigrationId;
  /** Absolute path. */
  readonly file: string;
  /** `sha256:<hex>` of the file's bytes. */
  readonly checksum: string;
  readonly sql: string;
}

/** Files and ledger side by side. */
export interface History {
  readonly applied: readonly LedgerEntry[];
  readonly pending: readonly Migration[];
  /** The ledger table is there. False on a database that never saw a migration. */
  readonly ledgerFound: boolean;
}

export interface Applied {
  readonly id: MigrationId;
  /** One line a change, in words: `added call_log.recording_mode varchar(32)`. */
  readonly words: readonly string[];
  readonly milliseconds: number;
}
