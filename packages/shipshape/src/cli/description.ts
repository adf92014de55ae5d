// A table or view with everything on it, as `describe` shows it.
import {
  type Catalog,
  type CatalogObject,
  type Column,
  type Constraint,
  type Index,
  isConstraint,
  type MaterializedView,
  type Policy,
  quoteQualified,
  type Table,
  type Trigger,
  type View,
} from '../catalog/index.ts';
import {
  type Naming,
  renderConstraint,
  renderIndex,
  renderParents,
  renderPolicy,
  renderRowSecurity,
  renderTrigger,
} from '../ddl/index.ts';
import { align } from '../report/render/wrap.ts';
import type { TableName } from './table-name.ts';

type Relation = Table | View | MaterializedView;

/** What `--json` gives. */
export interface Described {
  readonly kind: Relation['kind'];
  readonly schema: string;
  readonly name: string;
  readonly relation: Relation;
  /** Of a view they have a type, and nothing else is known of them. */
  readonly columns: readonly (Column | View['columns'][number])[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  /** By the name of the column; the relation's own under the empty name. */
  readonly comments: Readonly<Record<string, string>>;
}

export function isDescribed(object: CatalogObject): object is Relation {
  return object.kind === 'table' || object.kind === 'view' || object.kind === 'materialized view';
}

/** Of that name; in any schema where none is named. */
export function findDescribed(catalog: Catalog, asked: TableName): readonly Described[] {
  return catalog.objects
    .filter(isDescribed)
    .filter(({ schema, name }) => name === asked.name && (asked.schema === null || schema === asked.schema))
    .map((relation) => gather(catalog, relation));
}

function gather(catalog: Catalog, relation: Relation): Described {
  const { kind, schema, name } = relation;
  const parts = catalog.objects
    .filter((object) => 'table' in object)
    .filter((object) => object.schema === schema && object.table === name);
  return {
    kind,
    schema,
    name,
    relation,
    columns: kind === 'table' ? parts.filter((part) => part.kind === 'column') : relation.columns,
    constraints: parts.filter(isConstraint),
    indexes: parts.filter((part) => part.kind === 'index'),
    triggers: parts.filter((part) => part.kind === 'trigger'),
    policies: parts.filter((part) => part.kind === 'policy'),
    comments: gatherComments(catalog, relation),
  };
}

function gatherComments(
  catalog: Catalog,
  { kind, schema, name }: Relation,
): Readonly<Record<string, string>> {
  const comments: Record<string, string> = {};
  for (const object of catalog.objects) {
    if (object.kind !== 'comment') continue;
    const { on, text } = object;
    if (on.kind === kind && on.schema === schema && on.name === name) comments[''] = text;
    if (on.kind === 'column' && on.schema === schema && on.table === name) comments[on.name] = text;
  }
  return comments;
}

export function renderDescribed(described: Described, naming: Naming): string {
  const { kind, schema, name, relation, columns, comments } = described;
  const remarked = columns.some((column) => comments[column.name] !== undefined);
  const heads = kind === 'table' ? ['column', 'type', 'null', 'default'] : ['column', 'type'];
  const rows = columns.map((column) => [
    column.name,
    column.type,
    ...('nullable' in column ? [column.nullable ? '' : 'not null', renderFilling(column)] : []),
    ...(remarked ? [comments[column.name] ?? ''] : []),
  ]);
  const blocks = [
    align([[...heads, ...(remarked ? ['comment'] : [])], ...rows]),
    renderParts(described, naming),
    relation.kind === 'table' ? renderKindOfTable(relation, naming) : relation.definition.split('\n'),
  ];
  const about = comments[''] === undefined ? [] : [`  ${comments['']}`, ''];
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.map(indent).join('\n'));
  return [`${kind} ${quoteQualified(schema, name)}`, '', ...about, lines.join('\n\n')].join('\n').trimEnd();
}

const indent = (line: string): string => (line === '' ? '' : `  ${line}`.trimEnd());

function renderParts(described: Described, naming: Naming): readonly string[] {
  const { columns, constraints, indexes, triggers, policies } = described;
  const names = new Set(columns.map((column) => column.name));
  return [
    ...constraints.map((constraint) => renderConstraint(constraint, naming)),
    ...indexes.map((index) => `${renderIndex(index, names, naming)};${index.valid ? '' : '     -- INVALID'}`),
    ...triggers.flatMap((trigger) => renderTrigger(trigger, naming)).map((sql) => `${sql};`),
    ...policies.map((policy) => `${renderPolicy(policy, naming)};`),
  ];
}

/** What it is beyond an ordinary table. */
function renderKindOfTable(table: Table, naming: Naming): readonly string[] {
  return [
    ...(table.partitionBy === undefined ? [] : [`PARTITION BY ${table.partitionBy}`]),
    ...(table.foreignServer === undefined ? [] : [`SERVER ${table.foreignServer}`]),
    ...(table.unlogged === true ? ['UNLOGGED'] : []),
    ...[...renderParents(table, naming), ...renderRowSecurity(table, naming)].map((sql) => `${sql};`),
  ];
}

function renderFilling(column: Column): string {
  if (column.identity !== null) return `generated ${column.identity} as identity`;
  if (column.generated !== null)
    return `generated always as (${column.generated}) ${column.virtual === true ? 'virtual' : 'stored'}`;
  return column.default ?? '';
}
