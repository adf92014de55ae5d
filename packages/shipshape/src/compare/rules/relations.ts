// What there is to compare about schemas, extensions, tables, columns, views and sequences.
import type { SequenceOptions } from '../../catalog/index.ts';
import { fillText } from '../fill-text.ts';
import type { RuleTable } from '../kind-rule.ts';
import { always, inAnyOrder, named, stored } from './texts.ts';

function sequenceText(options: SequenceOptions | undefined): string | null {
  const told = Object.entries(options ?? {}).map(([name, value]) => `${name} ${value}`);
  return told.length === 0 ? null : told.sort().join(', ');
}

const columnList = (columns: readonly { readonly name: string; readonly type: string }[]): string =>
  columns.map(({ name, type }) => `${stored(name)} ${type}`).join(', ');

export const relationRules: RuleTable<
  'schema' | 'extension' | 'table' | 'column' | 'view' | 'materialized view' | 'sequence'
> = {
  schema: { identity: 'name', aspects: [] },
  extension: {
    identity: 'name',
    aspects: [
      { name: 'schema', read: ({ schema }) => schema },
      { name: 'version', read: ({ version }) => version },
    ],
  },
  table: {
    identity: 'name',
    renameable: true,
    aspects: [
      { name: 'partition key', read: ({ partitionBy }) => partitionBy ?? null, printed: always },
      {
        name: 'partition of',
        read: ({ partitionOf }) =>
          partitionOf === undefined ? null : `${named(partitionOf)} ${partitionOf.bound}`,
      },
      { name: 'inherits', read: ({ inherits }) => inherits?.map(named).join(', ') ?? null },
      { name: 'row security', read: ({ rowSecurity }) => rowSecurity ?? null },
      { name: 'persistence', read: ({ unlogged }) => (unlogged === true ? 'unlogged' : null) },
      { name: 'foreign server', read: ({ foreignServer }) => foreignServer ?? null },
    ],
  },
  column: {
    identity: 'name',
    renameable: true,
    aspects: [
      { name: 'type', read: ({ type }) => type },
      { name: 'nullability', read: ({ nullable }) => (nullable ? 'null' : 'not null') },
      { name: 'default', read: fillText, printed: (column) => fillText(column) === column.default },
      { name: 'identity', read: ({ identity }) => identity, after: 'default' },
      { name: 'generated', read: ({ generated }) => generated, printed: always },
      {
        name: 'generation',
        read: ({ generated, virtual }) =>
          generated === null ? null : virtual === true ? 'virtual' : 'stored',
        after: 'generated',
      },
      { name: 'collation', read: ({ collation }) => collation ?? null, after: 'type' },
      { name: 'sequence', read: ({ sequence }) => sequenceText(sequence), after: 'default' },
    ],
  },
  view: {
    identity: 'name',
    renameable: true,
    aspects: [
      { name: 'columns', read: ({ columns }) => columnList(columns) },
      { name: 'definition', read: ({ definition }) => definition, after: 'columns', printed: always },
      { name: 'options', read: ({ options }) => (options === undefined ? null : inAnyOrder(options)) },
    ],
  },
  'materialized view': {
    identity: 'name',
    aspects: [
      { name: 'columns', read: ({ columns }) => columnList(columns) },
      { name: 'definition', read: ({ definition }) => definition, after: 'columns', printed: always },
      { name: 'populated', read: ({ populated }) => (populated ? 'populated' : 'not populated') },
    ],
  },
  sequence: {
    identity: 'name',
    aspects: [
      { name: 'options', read: ({ options }) => sequenceText(options) },
      {
        name: 'owned by',
        read: ({ ownedBy }) =>
          ownedBy === undefined
            ? null
            : `${stored(ownedBy.schema)}.${stored(ownedBy.table)}.${stored(ownedBy.column)}`,
      },
    ],
  },
};
