// Scene: everything that one diagnosis looks at, made once.
import type { Catalog, Column, LedgerEntry, MigrationId } from '../catalog/index.ts';
import { judge } from '../need/judge.ts';
import type { LiveReading } from '../need/live-reading.ts';
import { type LiveTables, makeLiveTables } from '../need/live-tables.ts';
import type { Need } from '../need/need.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { appliedIds, appliedPart, lostColumns, type Migrated, newerThanAll } from './migrated.ts';
import type { Naming } from './naming.ts';

/** A reading, and who reads what. */
export interface LiveDatabase extends LiveReading {
  readonly database: string;
  readonly user: string;
}

export interface DiagnoseInput {
  readonly need: Need;
  readonly live: LiveDatabase;
  /** `judge(need, live).shortfalls` */
  readonly shortfalls: readonly Shortfall[];
  /** The snapshot; null where there is none. */
  readonly migrated: Migrated | null;
  /** Null where the database has no ledger. */
  readonly ledger: readonly LedgerEntry[] | null;
  /** Migration files that are not in the ledger, where files are at hand. */
  readonly filesPending?: readonly MigrationId[];
}

export interface Scene {
  readonly need: Need;
  readonly live: LiveDatabase;
  readonly liveTables: LiveTables;
  readonly ledger: readonly LedgerEntry[];
  readonly applied: ReadonlySet<MigrationId>;
  readonly filesPending: readonly MigrationId[];
  readonly naming: Naming;
  readonly migrated: MigratedScene | null;
}

export interface MigratedScene extends Migrated {
  readonly tables: LiveTables;
  /** What the applied ones made. */
  readonly made: Catalog;
  /** Of what they made, the columns that are gone. */
  readonly lost: readonly Column[];
  /** What the need would lack in a database that just has all migrations. */
  readonly shortfalls: readonly Shortfall[];
  /** In the ledger and newer than all that the snapshot knows. */
  readonly ahead: readonly MigrationId[];
}

export function makeScene(input: DiagnoseInput): Scene {
  const { need, live, migrated } = input;
  const ledger = input.ledger ?? [];
  const unqualified = need.tables.filter((table) => table.unqualified).map((table) => table.schema);
  return {
    need,
    live,
    liveTables: makeLiveTables(live.catalog, live.searchPath),
    ledger,
    applied: appliedIds(ledger),
    filesPending: input.filesPending ?? [],
    naming: { hidden: [...new Set([...live.searchPath, ...unqualified])] },
    migrated: migrated === null ? null : makeMigratedScene(migrated, input),
  };
}

function makeMigratedScene(migrated: Migrated, { need, live, ledger }: DiagnoseInput): MigratedScene {
  // The migrations ran on a database with PostgreSQL's own search path; unqualified names mean the same things there.
  const searchPath = [...live.searchPath, 'public'];
  const reading = { catalog: migrated.catalog, searchPath, access: new Map() };
  const made = appliedPart(migrated, appliedIds(ledger));
  const needed = new Set(
    need.tables.flatMap(({ name, columns }) => columns.map((column) => JSON.stringify([name, column.name]))),
  );
  const isNeeded = ({ table, name }: Column) => needed.has(JSON.stringify([table, name]));
  return {
    ...migrated,
    made,
    lost: lostColumns(made, live.catalog, isNeeded),
    tables: makeLiveTables(migrated.catalog, searchPath),
    shortfalls: judge(need, reading).shortfalls,
    ahead: newerThanAll(migrated.migrations, ledger ?? []),
  };
}

/** One word for what a shortfall is about, equal for the same lack in two databases. */
export function shortfallKey({ address, aspect, declared }: Shortfall): string {
  const part = 'table' in address ? address.table : null;
  const name = address.kind === 'schema' ? null : address.name;
  return JSON.stringify([
    address.kind,
    address.schema,
    part,
    name,
    aspect,
    aspect === 'labels' ? declared : null,
  ]);
}
