// Scene: everything that one diagnosis looks at, made once.
import {
  type Catalog,
  type Column,
  type LedgerEntry,
  type MigrationId,
  renderAddressKey,
} from '../catalog/index.ts';
import type { Naming } from '../ddl/index.ts';
import { judge } from '../need/judge.ts';
import type { LiveReading } from '../need/live-reading.ts';
import { type Lookup, makeLookup } from '../need/lookup.ts';
import { addressOfNeed, type Need } from '../need/need.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { makeDeclaredCatalog } from './declared-objects.ts';
import { findLost, type Lost } from './lost.ts';
import { appliedIds, appliedPart, type Migrated, newerThanAll } from './migrated.ts';

/** A reading, and who reads what. */
export interface LiveDatabase extends LiveReading {
  readonly database: string;
  readonly user: string;
}

/** Another tool that applies the migrations, and whose ledger was read. */
export interface Deployer {
  readonly tool: string;
  /** `drizzle.__drizzle_migrations` */
  readonly table: string;
  readonly command: string | null;
  /** What its command will not apply, and what to do instead. */
  readonly hindered: ReadonlyMap<MigrationId, { readonly act: string }>;
}

/** What a cause cannot be told without. */
export type Without =
  /** There is none. */
  | { readonly kind: 'snapshot' }
  /** There may be one that the role may not read. */
  | { readonly kind: 'ledger' }
  /** The migrations are another tool's, and so is the ledger: `command` is how that tool applies them. */
  | {
      readonly kind: 'ledger of another tool';
      readonly tool: string | null;
      readonly command: string | null;
      /** Why its ledger is not read. */
      readonly because: string;
    }
  /** Nobody said where they are: code and database alone are held against each other. */
  | { readonly kind: 'migrations' };

export interface DiagnoseInput {
  readonly need: Need;
  readonly live: LiveDatabase;
  /** `judge(need, live).shortfalls` */
  readonly shortfalls: readonly Shortfall[];
  /** The snapshot; null where there is none. */
  readonly migrated: Migrated | null;
  /** Null where the database has no ledger, or the role may not read it. */
  readonly ledger: readonly LedgerEntry[] | null;
  /** A missing snapshot when left out. */
  readonly without?: Without;
  /** Null, or left out, where Shipshape applies them. */
  readonly deployer?: Deployer | null;
  /** Migration files that are not in the ledger, where files are at hand. */
  readonly filesPending?: readonly MigrationId[];
}

export interface Scene {
  readonly need: Need;
  readonly live: LiveDatabase;
  readonly liveLookup: Lookup;
  /** As far as the need says it. */
  readonly declared: Catalog;
  readonly declaredLookup: Lookup;
  /** Address keys of what the code names without a schema. */
  readonly unqualified: ReadonlySet<string>;
  readonly ledger: readonly LedgerEntry[];
  readonly without: Without;
  readonly deployer: Deployer | null;
  readonly applied: ReadonlySet<MigrationId>;
  readonly filesPending: readonly MigrationId[];
  readonly naming: Naming;
  readonly migrated: MigratedScene | null;
}

export interface MigratedScene extends Migrated {
  readonly lookup: Lookup;
  /** What the applied ones made. */
  readonly made: Catalog;
  /** Of what they made, the columns that are gone. */
  readonly lost: Lost;
  /** What the need would lack in a database that just has all migrations. */
  readonly shortfalls: readonly Shortfall[];
  /** Keys of these shortfalls. */
  readonly lacking: ReadonlySet<string>;
  /** In the ledger and newer than all that the snapshot knows. */
  readonly ahead: readonly MigrationId[];
}

export function makeScene(input: DiagnoseInput): Scene {
  const { need, live, migrated, without = { kind: 'snapshot' } } = input;
  const ledger = input.ledger ?? [];
  const named = [
    ...need.tables.map((table) => ({ unqualified: table.unqualified, ...addressOfNeed(table) })),
    ...need.enums.map((each) => ({ kind: 'enum', ...each }) as const),
  ].filter((each) => each.unqualified);
  const declared = once(() => makeDeclaredCatalog(need));
  const declaredLookup = once(() => makeLookup(declared(), migratedPath(live)));
  return {
    need,
    live,
    liveLookup: live.lookup,
    get declared() {
      return declared();
    },
    get declaredLookup() {
      return declaredLookup();
    },
    unqualified: new Set(named.map(renderAddressKey)),
    ledger,
    without,
    deployer: input.deployer ?? null,
    applied: appliedIds(ledger),
    filesPending: input.filesPending ?? [],
    naming: { hidden: [...new Set([...live.searchPath, ...named.map((each) => each.schema)])] },
    migrated: migrated === null || without.kind === 'ledger' ? null : makeMigratedScene(migrated, input),
  };
}

/** Migrations run on a database with PostgreSQL's own search path; unqualified names mean the same things there. */
function migratedPath(live: LiveDatabase): readonly string[] {
  return [...live.searchPath, 'public'];
}

function makeMigratedScene(migrated: Migrated, { need, live, ledger }: DiagnoseInput): MigratedScene {
  const searchPath = migratedPath(live);
  const lookup = makeLookup(migrated.catalog, searchPath);
  const { shortfalls } = judge(need, { catalog: migrated.catalog, searchPath, lookup });
  const made = once(() => appliedPart(migrated, appliedIds(ledger)));
  const lost = once(() => findLost(made(), live.catalog, isNeededIn(need)));
  return {
    get catalog() {
      return migrated.catalog;
    },
    get provenance() {
      return migrated.provenance;
    },
    migrations: migrated.migrations,
    lookup,
    get made() {
      return made();
    },
    get lost() {
      return lost();
    },
    shortfalls,
    lacking: new Set(shortfalls.map(shortfallKey)),
    ahead: newerThanAll(migrated.migrations, ledger ?? []),
  };
}

function isNeededIn(need: Need): (column: Column) => boolean {
  const needed = new Set(
    need.tables.flatMap(({ name, columns }) => columns.map((column) => JSON.stringify([name, column.name]))),
  );
  return ({ table, name }) => needed.has(JSON.stringify([table, name]));
}

/** What most diagnoses do without is made when it is asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** One word for what a shortfall is about, equal for the same lack in two databases. */
export function shortfallKey({ address, aspect, declared }: Shortfall): string {
  return JSON.stringify([renderAddressKey(address), aspect, aspect === 'labels' ? declared : null]);
}
