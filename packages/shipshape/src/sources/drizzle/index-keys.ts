// The indexes of one drizzle table.
import type { SQL } from 'drizzle-orm';
import type { Index as DrizzleIndex, IndexedColumn } from 'drizzle-orm/pg-core';
import { cutIdentifier, type Index, type IndexKey } from '../../catalog/index.ts';
import type { Dialect } from './dialect.ts';
import type { Owner } from './keys.ts';
import type { Told } from './told.ts';
import { tableMark } from './told.ts';

/** Throws an Error when an expression throws. */
export function readIndex(dialect: Dialect, owner: Owner, { config }: DrizzleIndex): Told {
  const { is, SQL } = dialect.orm.core;
  const sources = config.columns as readonly (SQL | IndexedColumn)[];
  // drizzle-kit gives an expression no part in the name.
  const parts = sources.map((each) => (is(each, SQL) ? '' : dialect.nameOf(named(each))));
  const object: Index = {
    kind: 'index',
    schema: owner.schema,
    table: owner.table,
    name: cutIdentifier(config.name ?? `${owner.fullName}_${parts.join('_')}_index`),
    unique: config.unique,
    method: config.method ?? 'btree',
    keys: sources.map((each) =>
      is(each, SQL) ? keyOfExpression(dialect.renderExpression(each)) : keyOfColumn(dialect, each),
    ),
    include: [],
    predicate: config.where === undefined ? null : dialect.renderExpression(config.where),
    nullsDistinct: true,
    valid: true,
  };
  return { object, mark: config.name === undefined ? tableMark : { kind: 'text', text: config.name } };
}

function named({ name, keyAsName }: IndexedColumn): { name: string; keyAsName: boolean } {
  return { name: name ?? '', keyAsName };
}

/** `.desc()` alone says nulls last to drizzle, and drizzle-kit writes it so; bare SQL would put them first. */
function keyOfColumn(dialect: Dialect, column: IndexedColumn): IndexKey {
  const { indexConfig } = column;
  return {
    expression: cutIdentifier(dialect.nameOf(named(column))),
    opclass: indexConfig.opClass ?? null,
    descending: indexConfig.order === 'desc',
    nulls: indexConfig.nulls ?? 'last',
  };
}

/**
 * What follows the expression of an index key is no part of it (manual, CREATE INDEX): `"title" gin_trgm_ops DESC NULLS
 * LAST`. None of these words can end an expression.
 */
function keyOfExpression(text: string): IndexKey {
  const order = /\s+(?:(asc|desc)\b)?\s*(?:nulls\s+(first|last))?$/i.exec(text);
  const ordered = order?.[1] !== undefined || order?.[2] !== undefined;
  const descending = ordered && order?.[1]?.toLowerCase() === 'desc';
  const nulls = ordered ? order?.[2]?.toLowerCase() : undefined;
  const rest = ordered ? text.slice(0, order?.index) : text;
  const operators = /\s+((?:\w+\.)?\w+_ops)(?:\s*\([^()]*\))?$/.exec(rest);
  const expression = (operators === null ? rest : rest.slice(0, operators.index)).trim();
  const column = /^"((?:[^"]|"")+)"$/.exec(expression);
  return {
    expression: column === null ? expression : (column[1] as string).replaceAll('""', '"'),
    opclass: operators?.[1] ?? null,
    descending,
    nulls: nulls === 'first' || nulls === 'last' ? nulls : descending ? 'first' : 'last',
  };
}
