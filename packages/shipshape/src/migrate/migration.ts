// Migration: one file that changes a database, and what came of running it.
import type { LedgerEntry, MigrationId } from '../catalog/index.ts';
import type { Header } from './header.ts';
import type { ForeignLedger } from './ledgers/foreign-ledger.ts';

/** How the tool that owns a folder puts its files into transactions. */
export type TransactionRule =
  /** BEGIN, the file, COMMIT. */
  | 'each file'
  /** BEGIN, every file that is not applied, COMMIT. */
  | 'all files'
  /**
   * The text goes to the server in one message: one transaction, unless it ends it itself or is a single statement
   * that forbids one (manual 54.2.2.1).
   */
  | 'as sent'
  /** Each statement commits by itself. */
  | 'each statement'
  /** The file is one statement, which is run over a part of the rows at a time, and commits each time. */
  | 'each batch'
  /** As sent, and where the server refuses that only for being one transaction, each statement commits by itself. */
  | 'as it allows';

/** What is sent to the server at once. */
export interface Piece {
  readonly text: string;
  /** 1-based line of its first character in the file. */
  readonly line: number;
}

/** What undoes a migration, run as a migration is: a file of its own, or a section of the migration's. */
export interface DownFile {
  /** Absolute path. */
  readonly file: string;
  readonly checksum: string;
  readonly sql: string;
  readonly rule: TransactionRule;
  /** Left out in other tools' files. */
  readonly header?: Header;
}

export interface Migration {
  readonly id: MigrationId;
  /** Absolute path. */
  readonly file: string;
  /** `sha256:<hex>` of the file's bytes. */
  readonly checksum: string;
  /** What is run. Lines are the file's: sections that are not run are blank lines here. Empty for a program. */
  readonly sql: string;
  readonly rule: TransactionRule;
  /** Left out in other tools' files. */
  readonly header?: Header;
  /** The way back, where the folder has one (`0051_cost.down.sql`, `-- migrate:down`). */
  readonly down?: DownFile;
  /** Where its tool sends the file in several messages; otherwise it is one. */
  readonly pieces?: readonly Piece[];
}

/** Files and ledger side by side. */
export interface History {
  readonly applied: readonly LedgerEntry[];
  readonly pending: readonly Migration[];
  /** The ledger table is there. False on a database that never saw a migration. */
  readonly ledgerFound: boolean;
  /** What the folder's own tool remembers, where that is the ledger. */
  readonly foreign: ForeignLedger | null;
}

export interface Applied {
  readonly id: MigrationId;
  /** One line a change, in words: `added call_log.recording_mode varchar(32)`. */
  readonly words: readonly string[];
  /** Of the command, where that applied it with others. */
  readonly milliseconds: number;
}
