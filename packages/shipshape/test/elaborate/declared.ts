// Declared objects for tests, as short as they can be said: parts of a table `t` in `public`.
import {
  type CatalogObject,
  type Check,
  type Column,
  type Index,
  makeCatalog,
} from '../../src/catalog/index.ts';

export const place = { schema: 'public', table: 't' };

export function column(name: string, type: string, more: Partial<Column> = {}): Column {
  return {
    kind: 'column',
    ...place,
    name,
    type,
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    ...more,
  };
}

export function check(name: string, expression: string, more: Partial<Check> = {}): Check {
  return { kind: 'check', ...place, name, expression, validated: true, ...more };
}

export function index(name: string, expression: string, more: Partial<Index> = {}): Index {
  return {
    kind: 'index',
    ...place,
    name,
    unique: false,
    method: 'btree',
    keys: [{ expression, opclass: null, descending: false, nulls: 'last' }],
    include: [],
    predicate: null,
    nullsDistinct: true,
    valid: true,
    ...more,
  };
}

export const table = (name: string, schema = 'public'): CatalogObject => ({ kind: 'table', schema, name });

/** One table `t` with these parts. */
export const declare = (...parts: CatalogObject[]) => makeCatalog([table('t'), ...parts]);
