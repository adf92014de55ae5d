// Catalog objects in few words, for tests.
import type {
  Catalog,
  CatalogObject,
  Check,
  Column,
  Enum,
  ForeignKey,
  Index,
  IndexKey,
  PrimaryKey,
  Table,
  UniqueKey,
} from '../../src/catalog/index.ts';
import { makeCatalog } from '../../src/catalog/index.ts';

const place = { schema: 'public', table: 't' };

export const table = (name = 't', schema = 'public'): Table => ({ kind: 'table', schema, name });

export const column = (name: string, type: string, over: Partial<Column> = {}): Column => ({
  kind: 'column',
  ...place,
  name,
  type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  ...over,
});

export const primaryKey = (columns: readonly string[], over: Partial<PrimaryKey> = {}): PrimaryKey => ({
  kind: 'primary key',
  ...place,
  name: 't_pkey',
  columns,
  ...over,
});

export const uniqueKey = (columns: readonly string[], over: Partial<UniqueKey> = {}): UniqueKey => ({
  kind: 'unique key',
  ...place,
  name: `t_${columns.join('_')}_key`,
  columns,
  nullsDistinct: true,
  deferrability: 'not deferrable',
  ...over,
});

export const foreignKey = (
  columns: readonly string[],
  references: string,
  over: Partial<ForeignKey> = {},
): ForeignKey => ({
  kind: 'foreign key',
  ...place,
  name: `t_${columns.join('_')}_fkey`,
  columns,
  references: { schema: 'public', table: references, columns: columns.map(() => 'id') },
  onDelete: 'no action',
  onUpdate: 'no action',
  deferrability: 'not deferrable',
  validated: true,
  ...over,
});

export const check = (name: string, expression: string, over: Partial<Check> = {}): Check => ({
  kind: 'check',
  ...place,
  name,
  expression,
  validated: true,
  ...over,
});

export const key = (expression: string, over: Partial<IndexKey> = {}): IndexKey => ({
  expression,
  opclass: null,
  descending: false,
  nulls: over.descending === true ? 'first' : 'last',
  ...over,
});

export const index = (
  name: string,
  keys: readonly (string | IndexKey)[],
  over: Partial<Index> = {},
): Index => ({
  kind: 'index',
  ...place,
  name,
  unique: false,
  method: 'btree',
  keys: keys.map((each) => (typeof each === 'string' ? key(each) : each)),
  include: [],
  predicate: null,
  nullsDistinct: true,
  valid: true,
  ...over,
});

export const enumeration = (name: string, labels: readonly string[], schema = 'public'): Enum => ({
  kind: 'enum',
  schema,
  name,
  labels,
});

/** A catalog of one table `t` with these parts, and of what else is given. */
export const tableOf = (...parts: readonly CatalogObject[]): Catalog => makeCatalog([table(), ...parts]);

/** Moves parts of `t` to another table. */
export const inTable = (
  name: string,
  parts: readonly CatalogObject[],
  schema = 'public',
): readonly CatalogObject[] => [
  table(name, schema),
  ...parts.map((part) => ('table' in part ? { ...part, schema, table: name } : part)),
];
