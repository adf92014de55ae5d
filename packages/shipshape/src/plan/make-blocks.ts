// makeBlocks: what builds a catalog in an empty database, thing by thing.
import { addressOf, type Catalog, quoteIdentifier, quoteQualified, schemasOf } from '../catalog/index.ts';
import {
  complete,
  renderCollation,
  renderConstraint,
  renderIndex,
  renderOwnedBy,
  renderParents,
  renderPolicy,
  renderRemark,
  renderRowSecurity,
  renderSequence,
  renderTrigger,
  renderType,
  renderView,
} from '../ddl/index.ts';
import type { Block } from './block.ts';
import { makeContents, type OfKind } from './contents.ts';
import { createRoutines } from './create-routines.ts';
import { createTables } from './create-tables.ts';
import { inParentheses } from './in-parentheses.ts';
import { makeColumnSequences } from './make-column-sequences.ts';
import { standIn } from './stand-in.ts';

/** In the order in which they are made where nothing mentions another. */
export interface Blocks {
  /** Schemas, extensions, types, sequences, and tables with their columns. */
  readonly ground: readonly Block[];
  /** With the defaults that call one. */
  readonly routines: readonly Block[];
  /** Checks too. */
  readonly keys: readonly Block[];
  readonly indexes: readonly Block[];
  readonly references: readonly Block[];
  /** What tables are part of, views, triggers, policies, and what is said of things. */
  readonly rest: readonly Block[];
}

/**
 * Partitions and heirs are tables of their own first, and become what they are when their keys and indexes are there to be
 * taken over (manual 5.12.2.2). Throws an Error when a part hangs on a table that the catalog does not have.
 */
export function makeBlocks(catalog: Catalog): Blocks {
  const contents = makeContents(catalog);
  const { all, columnNames, tableAt } = contents;
  const named = (object: { readonly schema: string; readonly name: string }): Block['makes'] => [
    [object.schema, object.name],
  ];
  const block = (
    object: Parameters<typeof addressOf>[0],
    statements: readonly string[],
    rest: Partial<Block> = {},
  ): Block => ({ address: addressOf(object), statements, makes: [], ...rest });
  const added = (
    object: OfKind<'primary key' | 'unique key' | 'foreign key' | 'check' | 'exclusion constraint'>,
  ) =>
    `ALTER TABLE ${quoteQualified(object.schema, object.table)} ADD ${renderConstraint(inParentheses(object, columnNames(object)), complete, columnNames(object))}`;
  const indexBlock = (index: OfKind<'index'>): Block => {
    const names = columnNames(index);
    return block(index, [renderIndex(inParentheses(index, names), names, complete)], {
      makes: [],
      ...(index.unique ? { keyOf: [index.schema, index.table] as const } : {}),
    });
  };
  const sequences = makeColumnSequences(contents);
  const tables = createTables(contents);

  const ground: readonly Block[] = [
    ...schemasOf(catalog).map(
      (schema): Block => ({
        address: { kind: 'schema', schema },
        statements: [`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`],
        makes: [],
      }),
    ),
    ...all('extension').map((each) =>
      block(each, [
        `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(each.name)} SCHEMA ${quoteIdentifier(each.schema)} CASCADE`,
      ]),
    ),
    ...all('collation').map((each) => block(each, [renderCollation(each, complete)], { makes: named(each) })),
    ...all('enum', 'domain', 'composite type').map((each) =>
      block(each, renderType(inParentheses(each), complete), { makes: named(each) }),
    ),
    // A canonical function takes the type that it is for: that is there as a name first (manual, CREATE TYPE).
    ...all('range type').flatMap((each) => {
      const whole = (makes: Block['makes']) => block(each, renderType(each, complete), { makes });
      if (each.canonical === undefined) return [whole(named(each))];
      const shell = `CREATE TYPE ${quoteQualified(each.schema, each.name)}`;
      return [block(each, [shell], { makes: named(each) }), whole([])];
    }),
    ...all('sequence').map((each) => block(each, [renderSequence(each, complete)], { makes: named(each) })),
    ...sequences.creations,
    ...tables.creations,
  ];
  const keys = all('primary key', 'unique key', 'check', 'exclusion constraint').map((each) =>
    block(each, [added(each)], isKey(each) ? { keyOf: [each.schema, each.table] } : {}),
  );
  const indexes = all('index')
    .filter(({ schema, table }) => contents.tableAt(schema, table) !== undefined)
    .map(indexBlock);
  const references = all('foreign key').map((each) => block(each, [added(each)]));
  const rest: readonly Block[] = [
    ...all('table')
      .toSorted((a, b) => contents.depthOf(a.schema, a.name) - contents.depthOf(b.schema, b.name))
      .map((each) => block(each, renderParents(each, complete))),
    ...sequences.ownerships,
    ...all('sequence').flatMap((each) =>
      each.ownedBy === undefined
        ? []
        : [block(each, [renderOwnedBy(quoteQualified(each.schema, each.name), each.ownedBy, complete)])],
    ),
    ...all('view', 'materialized view').map((each) =>
      block(each, [renderView(standIn(each), complete)], { makes: named(each), afterKeys: 'mentioned' }),
    ),
    ...all('index')
      .filter(({ schema, table }) => contents.tableAt(schema, table) === undefined)
      .map(indexBlock),
    ...all('trigger').map((each) => block(each, renderTrigger(each, complete))),
    ...all('table').map((each) => block(each, renderRowSecurity(each, complete))),
    ...all('policy').map((each) => block(each, [renderPolicy(each, complete)])),
    ...all('comment', 'owner', 'privilege').map((each) => {
      const { on } = each;
      const isForeign = on.kind === 'table' && tableAt(on.schema, on.name)?.foreignServer !== undefined;
      return block(each, renderRemark(each, complete, isForeign));
    }),
  ];
  const routines = [...createRoutines(all('routine')), ...tables.defaults];
  return { ground, routines, keys, indexes, references, rest };
}

function isKey({ kind }: { readonly kind: string }): boolean {
  return kind === 'primary key' || kind === 'unique key';
}
