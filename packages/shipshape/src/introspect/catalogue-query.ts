// The families of catalogue queries put together as the few statements that a reading sends.
import { type Kind, quoteIdentifier } from '../catalog/index.ts';
import { ownPrepared } from '../postgres/own-prepared.ts';
import { columns } from './queries/columns.ts';
import { checks, exclusions, foreignKeys, keys, ourConstraints, referenced } from './queries/constraints.ts';
import { dialectOf } from './queries/dialect.ts';
import { amongTouched, type Family } from './queries/family.ts';
import { collationNames, indexes, opclasses } from './queries/indexes.ts';
import { ours, oursWithin, touchedOurs } from './queries/ours.ts';
import { relations, schemas, setAside, tableDetails, viewDetails } from './queries/relations.ts';
import { comments, ownedThings, owners, privileges, touchedThings } from './queries/remarks.ts';
import { aggregates, extensions, policies, routines, triggers } from './queries/routines.ts';
import { sequences } from './queries/sequences.ts';
import { stamp } from './queries/stamp.ts';
import { uncompared } from './queries/uncompared.ts';
import { collations, composites, domains, enums, ranges } from './queries/user-types.ts';
import type { Breadth } from './reading.ts';

export interface Statements {
  /** All facts in one round trip, and of one state of the catalogue as far as they are rows of it. */
  readonly facts: string;
  readonly stamp: string;
}

/** What tells a table and its columns; and with it what tells all that a table is made of, save what merely hangs on it. */
const ofColumns: readonly Family<unknown>[] = [relations, columns, tableDetails, collationNames, sequences];
const ofTables: readonly Family<unknown>[] = [
  ...ofColumns,
  keys,
  foreignKeys,
  referenced,
  checks,
  exclusions,
  indexes,
  opclasses,
];

/** What hangs on relations, types, routines, sequences and schemas. */
const touchable: readonly Family<unknown>[] = [
  schemas,
  ...ofTables,
  viewDetails,
  enums,
  domains,
  composites,
  ranges,
  routines,
  aggregates,
  triggers,
  policies,
  comments,
];
const structural = [...touchable, setAside, collations, extensions];

const columnKinds: readonly Kind[] = ['table', 'column'];
const tableKinds: readonly Kind[] = [
  ...columnKinds,
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'exclusion constraint',
  'index',
];

/** Each family costs its planning, a millisecond, whatever it finds. */
function partOf(kinds: ReadonlySet<Kind> | undefined): 'columns' | 'tables' | 'structure' {
  if (kinds === undefined) return 'structure';
  const within = (known: readonly Kind[]) => [...kinds].every((kind) => known.includes(kind));
  if (within(columnKinds)) return 'columns';
  return within(tableKinds) ? 'tables' : 'structure';
}

/** What tells a kind of thing, beside the relations and their columns. */
const familiesOf: Partial<Record<Kind, readonly Family<unknown>[]>> = {
  schema: [schemas],
  table: [tableDetails],
  column: [sequences, collationNames],
  sequence: [sequences],
  view: [viewDetails],
  'materialized view': [viewDetails],
  enum: [enums],
  'primary key': [keys],
  'unique key': [keys],
  'foreign key': [foreignKeys, referenced],
  check: [checks],
  'exclusion constraint': [exclusions, indexes, opclasses, collationNames],
  // Not to take that of an exclusion constraint for one of them.
  index: [indexes, opclasses, collationNames, exclusions],
};

/** As little as tells things of these kinds, in the order of `structural`; what is read with it may be told in part. */
function familiesFor(kinds: ReadonlySet<Kind>): readonly Family<unknown>[] {
  const wanted = new Set<Family<unknown>>([relations, columns]);
  for (const kind of kinds) {
    const own = familiesOf[kind];
    if (own === undefined) return structural;
    for (const each of own) wanted.add(each);
  }
  return structural.filter((each) => wanted.has(each));
}

const parts = { columns: ofColumns, tables: ofTables, structure: structural } as const;

export interface Wanted {
  /** 180004 for 18.4. */
  readonly version: number;
  readonly breadth: Breadth;
  readonly kinds?: ReadonlySet<Kind> | undefined;
  /** With what is there and not compared, as numbers. */
  readonly counted: boolean;
  /** With a stamp of the catalogue as it is before the rest is read. */
  readonly stamped: boolean;
  /** The common tables of `ours.ts`; `ours` when left out. */
  readonly scope?: string;
  /** In the place of those that `kinds` asks for. */
  readonly families?: readonly Family<unknown>[];
}

export function makeStatements(wanted: Wanted): Statements {
  const { version, breadth, kinds, counted, stamped, scope = ours } = wanted;
  const dialect = dialectOf(version);
  const families: readonly Family<unknown>[] = [
    ...(stamped ? [stamp] : []),
    ...(wanted.families ?? parts[partOf(kinds)]),
    ...(breadth === 'everything' ? [owners, privileges] : []),
    ...(counted ? [uncompared] : []),
  ];
  const common = [scope, ourConstraints];
  if (breadth === 'everything') common.push(ownedThings);
  return {
    facts: `WITH ${common.join(',')}${families.map((each) => each.sql(dialect)).join('\n  UNION ALL')}`,
    stamp: `WITH ${scope}${stamp.sql(dialect)}`,
  };
}

export interface Prepared {
  /** Of the statement, in its session. */
  readonly name: string;
  /** SQL's PREPARE of a reading of things of these kinds, in the named schemas alone. */
  readonly prepare: () => string;
  /** SQL's EXECUTE; two name[] as SQL. */
  readonly execute: (tables: string, schemas: string) => string;
}

/** For a reading that is made again and again in one session: most of what it costs is its planning. */
export function makePrepared(version: number, kinds: ReadonlySet<Kind>): Prepared {
  const families = familiesFor(kinds);
  // A name has 63 bytes (manual 4.1.1).
  const which = structural.reduce((bits, each, at) => bits + (families.includes(each) ? 2 ** at : 0), 0);
  const name = quoteIdentifier(`${ownPrepared}${which.toString(36)}`);
  const wanted = { version, breadth: 'structure', counted: false, stamped: false } as const;
  return {
    name,
    prepare: () =>
      `PREPARE ${name} (name[], name[]) AS ${makeStatements({ ...wanted, families, scope: oursWithin }).facts}`,
    execute: (tables, schemas) => `EXECUTE ${name} (${tables}, ${schemas})`,
  };
}

/**
 * The facts of the structure about some things alone, and all that is on them: $3 holds the oids of relations, types,
 * routines, sequences and schemas. A sequence comes with the table of its column and the other way round; collations
 * and extensions do not come.
 */
export function makeTouchedFacts(version: number): string {
  const dialect = dialectOf(version);
  const common = [touchedOurs, ourConstraints, touchedThings];
  const families = touchable.map((each) => each.sql(dialect, amongTouched));
  return `WITH ${common.join(',')}${families.join('\n  UNION ALL')}`;
}
