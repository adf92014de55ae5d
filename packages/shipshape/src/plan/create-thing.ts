// renderCreation: the SQL that makes one thing of a catalog, with what is in it and what is said of it.
import {
  type Catalog,
  type CatalogObject,
  type Column,
  indexByKey,
  type MaterializedView,
  quoteIdentifier,
  type RangeType,
  renderAddressKey,
  type Sequence,
  type View,
} from '../catalog/index.ts';
import {
  type Naming,
  renderCollation,
  renderName,
  renderOwnedBy,
  renderSequence,
  renderType,
  renderView,
} from '../ddl/index.ts';
import { renderAddColumn } from './create-column.ts';
import { createPart } from './create-part.ts';
import { createRemark, createRemarks } from './create-remark.ts';
import { createTable } from './create-table.ts';
import { ended } from './ended.ts';
import { goneWith } from './gone-with.ts';
import { holdingOf } from './holding.ts';
import { makeCreations } from './make-creations.ts';
import { renderDropRoutine } from './render-drop-routine.ts';
import type { Sides } from './sides.ts';

/**
 * `object` as it is in `catalog`: statements in order, each with its semicolon, and lines that begin with `--` where a
 * person has to do something. Never empty.
 */
export function renderCreation(object: CatalogObject, catalog: Catalog, naming: Naming): readonly string[] {
  if ('on' in object) return createRemark(object, catalog, naming);
  if (object.kind === 'schema') return createSchema(object.schema, catalog);
  if (object.kind === 'table') return createTable(object, catalog, naming);
  return [...create(object, catalog, naming), ...createRemarks(object, catalog, naming)];
}

/**
 * As `renderCreation`, on a database that is `sides.present`. With what went away together with a column, where it did.
 * `lost`: all columns of its table that are gone.
 */
export function renderReturn(
  object: CatalogObject,
  sides: Sides,
  lost: readonly Column[] = [],
): readonly string[] {
  const { wanted, naming } = sides;
  const parts =
    object.kind === 'column'
      ? goneWith(object, lost, holdingOf(wanted).partsOf(object.schema, object.table))
      : [];
  return [
    ...makeRoomFor(object, sides),
    ...[object, ...parts].flatMap((each) => renderCreation(each, wanted, naming)),
  ];
}

/** Parameters keep their names for good. DROP looks at their types alone, so it finds the one that is in the way. */
function makeRoomFor(object: CatalogObject, { wanted, present, naming }: Sides): readonly string[] {
  if (object.kind !== 'routine') return [];
  const stays = indexByKey(wanted);
  const inTheWay = present.objects.some(
    (each) =>
      each.kind === 'routine' &&
      each.schema === object.schema &&
      each.name === object.name &&
      !stays.has(renderAddressKey(each)),
  );
  return inTheWay
    ? [
        '-- one that takes the same types under other names is in the way',
        renderDropRoutine(object, naming, true),
      ]
    : [];
}

type Thing = Exclude<CatalogObject, { on: unknown } | { kind: 'schema' | 'table' }>;

function create(object: Thing, catalog: Catalog, naming: Naming): readonly string[] {
  switch (object.kind) {
    case 'extension': {
      const schema = `SCHEMA ${quoteIdentifier(object.schema)}`;
      return [`CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(object.name)} ${schema} CASCADE;`];
    }
    case 'column':
      return renderAddColumn(object, catalog, naming);
    case 'view':
    case 'materialized view':
      return createView(object, catalog, naming);
    case 'sequence':
      return createSequence(object, naming);
    case 'enum':
    case 'domain':
    case 'composite type':
      return ended(renderType(object, naming));
    case 'range type':
      return createRange(object, catalog, naming);
    case 'collation':
      return ended([renderCollation(object, naming)]);
    case 'routine':
      return ended([object.definition.trimEnd()]);
    default:
      return createPart(object, catalog, naming);
  }
}

/** A schema that is gone took along what was in it, which is told nowhere else. */
function createSchema(schema: string, catalog: Catalog): readonly string[] {
  const inside = holdingOf(catalog).within(schema);
  const statements = makeCreations({ objects: inside });
  const ofOthers = ({ address, sql }: (typeof statements)[number]) =>
    address.kind === 'schema' && !sql.endsWith(` ${quoteIdentifier(schema)}`);
  return ended(statements.filter((each) => !ofOthers(each)).map(({ sql }) => sql.trimEnd()));
}

function createView(view: View | MaterializedView, catalog: Catalog, naming: Naming): readonly string[] {
  const name = renderName(view.schema, view.name, naming);
  if (view.definition === '') {
    return [
      `-- its query is not known here; write one that gives ${renderViewColumns(view)}:`,
      `-- CREATE ${view.kind.toUpperCase()} ${name} AS SELECT …;`,
    ];
  }
  const parts = holdingOf(catalog).partsOf(view.schema, view.name);
  return [
    ...ended([renderView(view, naming)]),
    ...parts.flatMap((part) => (part.kind === 'column' ? [] : createPart(part, catalog, naming))),
  ];
}

export function renderViewColumns({ columns }: View | MaterializedView): string {
  return columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`).join(', ');
}

function createSequence(sequence: Sequence, naming: Naming): readonly string[] {
  const name = renderName(sequence.schema, sequence.name, naming);
  const { ownedBy } = sequence;
  return ended([
    renderSequence(sequence, naming),
    ...(ownedBy === undefined ? [] : [renderOwnedBy(name, ownedBy, naming)]),
  ]);
}

/** A canonical function takes the type that it is for: both are made together (manual, CREATE TYPE). */
function createRange(range: RangeType, { objects }: Catalog, naming: Naming): readonly string[] {
  const { canonical } = range;
  if (canonical === undefined) return ended(renderType(range, naming));
  const routines = objects.filter(
    (each) => each.kind === 'routine' && renderName(each.schema, each.name, { hidden: [] }) === canonical,
  );
  return ended(
    makeCreations({ objects: [range, ...routines] })
      .filter(({ address }) => address.kind !== 'schema')
      .map(({ sql }) => sql.trimEnd()),
  );
}
