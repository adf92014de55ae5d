// How drizzle writes names and expressions for PostgreSQL.
import type { Column, SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { cutIdentifier, quoteLiteral } from '../../catalog/index.ts';
import type { Orm } from './orm.ts';

export type Casing = 'snake_case' | 'camelCase';

export type TableConfig = ReturnType<Orm['pg']['getTableConfig']>;

export interface Dialect {
  readonly orm: Orm;
  /** As PostgreSQL stores it. */
  placeOf(table: PgTable): { readonly schema: string; readonly table: string };
  /** The column's name as the models say it, before PostgreSQL cuts it: other names are derived from it. */
  nameOf(column: { readonly name: string; readonly keyAsName: boolean }): string;
  /**
   * The expression's text with its values written into it, columns without their table: what CHECK, DEFAULT, index and
   * generation expressions take. Throws an Error for what has no place in DDL.
   */
  renderExpression(expression: SQL): string;
  /** The whole query behind a view, its values written into it. */
  renderQuery(query: SQL): string;
}

export function makeDialect(orm: Orm, casing: Casing | undefined): Dialect {
  const { core, pg } = orm;
  const dialect = new pg.PgDialect({ casing });
  const convert =
    casing === undefined
      ? (name: string) => name
      : casing === 'snake_case'
        ? orm.casing.toSnakeCase
        : orm.casing.toCamelCase;
  const nameOf: Dialect['nameOf'] = ({ name, keyAsName }) => (keyAsName ? convert(name) : name);
  // Names that PostgreSQL cuts are cut inside expressions as well.
  const cache = Object.assign(new orm.casing.CasingCache(casing), {
    getColumnCasing: (column: Column) => cutIdentifier(nameOf(column)),
  });
  return {
    orm,
    placeOf(table) {
      const name = core.getTableName(table);
      // A table's configuration says it as well, and costs all keys and indexes, made anew each time.
      const schema = core.getTableUniqueName(table).slice(0, -`.${name}`.length);
      return { schema, table: cutIdentifier(name) };
    },
    nameOf,
    renderQuery: (query) => dialect.sqlToQuery(query.inlineParams()).sql.trim(),
    renderExpression(expression) {
      const words = wordsOf(orm, expression);
      if (words !== null) return words;
      const { sql } = expression.toQuery({
        casing: cache,
        escapeName: dialect.escapeName,
        escapeString: quoteLiteral,
        escapeParam(_position, value) {
          if (core.is(value, core.Placeholder) || core.is(value, core.Param))
            throw new Error('a placeholder has no value when the table is created');
          return renderValue(value);
        },
        invokeSource: 'indexes',
      });
      return sql.trim();
    },
  };
}

/** Of an expression that is nothing but text, as most defaults are (`now()`); null for any other. */
function wordsOf({ core }: Orm, { queryChunks }: SQL): string | null {
  let words = '';
  for (const chunk of queryChunks) {
    if (!core.is(chunk, core.StringChunk)) return null;
    words += chunk.value.join('');
  }
  return words.trim();
}

/** A value of JavaScript as SQL. */
export function renderValue(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : quoteLiteral(String(value));
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'string':
      return quoteLiteral(value);
    default:
      break;
  }
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return quoteLiteral(value.toISOString());
  if (value instanceof Uint8Array) return quoteLiteral(`\\x${Buffer.from(value).toString('hex')}`);
  return quoteLiteral(JSON.stringify(value));
}
