// The SQL that brings one thing back, or gives it the aspect that it should have.
import {
  type CatalogObject,
  type Enum,
  isConstraint,
  quoteIdentifier,
  quoteLiteral,
  type Table,
} from '../catalog/index.ts';
import { type Naming, renderColumn, renderConstraint, renderIndex, renderName } from '../ddl/index.ts';
import type { Lookup } from '../need/lookup.ts';
import type { Lost } from './lost.ts';
import { renderAddColumn, renderColumnAspect, withSequence } from './repair-column.ts';
import { columnNames, goneWith } from './repair-parts.ts';

/** The statements that make `object` as it is in `lookup`, in order, each with its semicolon. */
export function renderCreation(object: CatalogObject, lookup: Lookup, naming: Naming): readonly string[] {
  switch (object.kind) {
    case 'schema':
      return [`CREATE SCHEMA ${quoteIdentifier(object.schema)};`];
    case 'enum': {
      const labels = object.labels.map(quoteLiteral).join(', ');
      return [`CREATE TYPE ${renderName(object.schema, object.name, naming)} AS ENUM (${labels});`];
    }
    case 'table':
      return renderTable(object, lookup, naming);
    case 'column':
      return renderAddColumn(object, renderName(object.schema, object.table, naming), naming.repeatable);
    case 'index':
      return [`${renderIndex(object, columnNames(lookup.partsOf(object.schema, object.table)), naming)};`];
    default: {
      if (!isConstraint(object)) return [];
      const table = renderName(object.schema, object.table, naming);
      const add = `ALTER TABLE ${table} ADD ${renderConstraint(object, naming)};`;
      // There is no ADD CONSTRAINT IF NOT EXISTS.
      return naming.repeatable === true
        ? [`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${quoteIdentifier(object.name)};`, add]
        : [add];
    }
  }
}

/** As `renderCreation`, with what went away together with a column. */
export function renderReturn(
  object: CatalogObject,
  lost: Lost,
  lookup: Lookup,
  naming: Naming,
): readonly string[] {
  const parts =
    object.kind === 'column'
      ? goneWith(object, lost(object.schema, object.table), lookup.partsOf(object.schema, object.table))
      : [];
  return [object, ...parts].flatMap((each) => renderCreation(each, lookup, naming));
}

/** The statements that turn `from`, which is there, into `object` of `lookup` in this aspect. */
export function renderAspect(
  object: CatalogObject,
  aspect: string,
  lookup: Lookup,
  naming: Naming,
  from: CatalogObject,
): readonly string[] {
  if (object.kind === 'enum') return renderLabels(object, from.kind === 'enum' ? from.labels : [], naming);
  if (object.kind !== 'column' && object.kind !== 'index' && !isConstraint(object)) return [];
  const table = renderName(object.schema, object.table, naming);
  if (object.kind === 'column')
    return from.kind === 'column' ? renderColumnAspect(object, aspect, table, from) : [];
  const name = 'name' in from ? from.name : object.name;
  if (object.kind === 'index')
    return [
      `DROP INDEX ${renderName(object.schema, name, naming)};`,
      ...renderCreation(object, lookup, naming),
    ];
  const validates = aspect === 'validity' && 'validated' in object && object.validated;
  if (validates) return [`ALTER TABLE ${table} VALIDATE CONSTRAINT ${quoteIdentifier(name)};`];
  return [
    `ALTER TABLE ${table} DROP CONSTRAINT ${quoteIdentifier(name)};`,
    ...renderCreation(object, lookup, naming),
  ];
}

/** One statement for each label that is not among `present`, each at its place. Labels cannot be taken away. */
export function renderLabels(object: Enum, present: readonly string[], naming: Naming): readonly string[] {
  const name = renderName(object.schema, object.name, naming);
  const known = new Set(present);
  return object.labels.flatMap((label, at) => {
    if (known.has(label)) return [];
    const before = object.labels[at - 1];
    const after = object.labels.find((each) => known.has(each));
    const place =
      before !== undefined
        ? ` AFTER ${quoteLiteral(before)}`
        : after !== undefined
          ? ` BEFORE ${quoteLiteral(after)}`
          : '';
    return [
      `ALTER TYPE ${name} ADD VALUE ${naming.repeatable === true ? 'IF NOT EXISTS ' : ''}${quoteLiteral(label)}${place};`,
    ];
  });
}

function renderTable(table: Table, lookup: Lookup, naming: Naming): readonly string[] {
  const parts = lookup.partsOf(table.schema, table.name);
  const columns = parts.flatMap((part) => (part.kind === 'column' ? [renderColumn(withSequence(part))] : []));
  const constraints = parts.flatMap((part) => (isConstraint(part) ? [renderConstraint(part, naming)] : []));
  const indexes = parts.flatMap((part) =>
    part.kind === 'index' ? renderCreation(part, lookup, naming) : [],
  );
  const lines = [...columns, ...constraints].map((line) => `\n  ${line}`).join(',');
  const create = naming.repeatable === true ? 'CREATE TABLE IF NOT EXISTS' : 'CREATE TABLE';
  return [`${create} ${renderName(table.schema, table.name, naming)} (${lines}\n);`, ...indexes];
}
