// ForeignLedger: what another tool remembers of a database, in the words of our own ledger.
import type { LedgerEntry, MigrationId } from '../../catalog/index.ts';

/** A migration as a folder or a snapshot knows it. */
export interface KnownFile {
  readonly id: MigrationId;
  readonly checksum: string;
  /** What the file says; null where only a snapshot is at hand. */
  readonly text: string | null;
  /** The time that Drizzle's journal gives it, in milliseconds since 1970. */
  readonly when: number | null;
}

/** Why the tool's own command will not apply a migration, and what to do instead. */
export interface Hindrance {
  readonly state: 'failed' | 'passed over';
  readonly act: string;
  /** It may be applied all the same, since nothing of the attempt that failed is left: this says how that is known. */
  readonly leftNothing?: string;
}

/** What the rows say of the migrations that are known. */
export interface LedgerSaying {
  /** Those of the known ones that are applied, with ours of their checksums; then the others, by what the row calls them. */
  readonly entries: readonly LedgerEntry[];
  /** Applied as another text than the file has now. Only Prisma and Drizzle could tell. */
  readonly edited: ReadonlySet<MigrationId>;
  readonly hindered: ReadonlyMap<MigrationId, Hindrance>;
}

export interface ForeignLedger extends LedgerSaying {
  readonly tool: string;
  /** Null where there is none yet. */
  readonly place: LedgerPlace | null;
  /** As people write it: `drizzle.__drizzle_migrations`. */
  readonly table: string;
  /** How the tool applies what is pending; null where it is not known. */
  readonly command: string | null;
}

/** Where a ledger lies. */
export interface LedgerPlace {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** Why it is not known what another tool has applied: `there is no table drizzle.__drizzle_migrations`. */
export interface UnreadLedger {
  readonly tool: string | null;
  readonly command: string | null;
  readonly because: string;
  /** There is none here, which is what a new database looks like. */
  readonly missing: boolean;
}

/** A row as `to_jsonb` gives it. */
export type LedgerRow = Readonly<Record<string, unknown>>;

export interface LedgerRule {
  readonly tool: string;
  /** Its name unless the team has given it another (`ledger` in the configuration). */
  readonly table: string;
  /** Where it lies unless told otherwise; null for the first schema of the search path. */
  readonly schema: string | null;
  /** What such a table has: another one of that name is the app's own. */
  readonly columns: readonly string[];
  readonly command: string | null;
  /** `rows` in the order of the table. */
  readonly read: (rows: readonly LedgerRow[], known: readonly KnownFile[]) => LedgerSaying;
}
