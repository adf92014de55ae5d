// tellColumn: a column as the engine prints it, with what its field leaves to the client or to the database.
import type { Column, Origin } from '../../catalog/index.ts';
import { readTokens, type Token } from '../../catalog/sql-token.ts';
import { type Field, findArgument, findAttribute, type Value } from './schema.ts';
import type { Told } from './told.ts';

/** `columns`: the names of all columns of the table. */
export function tellColumn(
  column: Column,
  { field, origin, columns }: { field: Field | null; origin: Origin | null; columns: ReadonlySet<string> },
): Told {
  if (field === null) return { object: column, origin };
  const given = findAttribute(field, 'default');
  const value = given === null ? null : findArgument(given, 'value', true);
  const silence = [
    ...ofList(field),
    ...ofClient(field, value),
    ...ofSequence(value),
    ...ofDatabase(column, value, columns),
  ];
  const left = silence.some(({ aspect }) => aspect === 'default');
  return { object: left ? { ...column, default: null } : column, origin, silence };
}

type Silent = NonNullable<Told['silence']>;

/** Prisma reads NULL as an empty list, whether or not the column takes it. */
function ofList({ arity }: Field): Silent {
  return arity === 'list' ? [{ aspect: 'nullability', because: 'Prisma has no optional lists' }] : [];
}

const clientFunctions = ['uuid', 'cuid', 'ulid', 'nanoid'];

/** Prisma's client makes these values itself (schema reference, "Attribute functions"). */
function ofClient(field: Field, value: Value | null): Silent {
  if (value?.kind === 'call' && clientFunctions.includes(value.name))
    return [{ aspect: 'default', because: `filled by the client (${value.name})` }];
  return value === null && findAttribute(field, 'updatedAt') !== null
    ? [{ aspect: 'default', because: 'filled by the client (@updatedAt)' }]
    : [];
}

function ofSequence(value: Value | null): Silent {
  return value?.kind === 'call' && value.name === 'autoincrement'
    ? [{ aspect: 'identity', because: 'autoincrement() is a serial or an identity column' }]
    : [];
}

/** No default of PostgreSQL can name a column (manual, CREATE TABLE, "DEFAULT"): this is what generates it. */
function ofDatabase(column: Column, value: Value | null, columns: ReadonlySet<string>): Silent {
  if (value?.kind !== 'call' || value.name !== 'dbgenerated') return [];
  if (column.default === null)
    return [{ aspect: 'default', because: 'dbgenerated() does not say how the database fills it' }];
  return namesColumn(column.default, columns)
    ? [{ aspect: 'default', because: 'dbgenerated() is about a generated column here' }]
    : [];
}

function namesColumn(expression: string, columns: ReadonlySet<string>): boolean {
  const tokens = readTokens(expression);
  return tokens.some((token, at) => {
    const name = nameOf(token);
    return name !== null && columns.has(name) && !isOfType(tokens, at) && tokens[at + 1]?.text !== '(';
  });
}

function nameOf({ kind, text }: Token): string | null {
  if (kind === 'word') return text.toLowerCase();
  return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : null;
}

/** `'a'::text`, `CAST(… AS text)`, `date '2020-01-01'`, `timestamp with time zone`, `pg_catalog.date`. */
function isOfType(tokens: readonly Token[], at: number): boolean {
  let first = at;
  while (
    tokens[first - 1]?.kind === 'word' &&
    !/^(?:and|or|not|when|then|else|case|as|in|is|like)$/i.test(tokens[first - 1]?.text ?? '')
  )
    first -= 1;
  const before = tokens[first - 1]?.text.toLowerCase();
  return before === ':' || before === 'as' || before === '.' || tokens[at + 1]?.kind === 'literal';
}
