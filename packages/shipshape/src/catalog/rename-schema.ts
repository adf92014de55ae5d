// renameSchema: the same catalog as if one of its schemas had another name.
import type { Catalog, CatalogObject } from './catalog.ts';
import { makeCatalog } from './catalog.ts';
import { quoteIdentifier, quoteLiteral } from './identifier.ts';
import { readTokens, type Token } from './sql-token.ts';

/** Properties that PostgreSQL prints, and in which it names schemas. Function bodies in quotes are nobody's print. */
const printed: ReadonlySet<string> = new Set([
  'type',
  'default',
  'generated',
  'collation',
  'partitionBy',
  'bound',
  'expression',
  'predicate',
  'definition',
  'opclass',
  'operator',
  'arguments',
  'returns',
  'using',
  'withCheck',
  'subtype',
  'multirange',
  'canonical',
  'subtypeDiff',
]);

/**
 * Every name of the schema, in addresses and in what PostgreSQL has printed with all names qualified. A name that
 * stands before a dot is taken for the schema's even where a view calls one of its tables so: who compares renames in the
 * texts of both sides. Throws an Error when two things have the same address then.
 */
export function renameSchema({ objects }: Catalog, from: string, to: string): Catalog {
  return makeCatalog(objects.map((object) => renamed(object, renamer(from, to)) as CatalogObject));
}

/** In the printed texts only; the addresses stay. */
export function renameSchemaInTexts({ objects }: Catalog, from: string, to: string): Catalog {
  const { text } = renamer(from, to);
  return makeCatalog(
    objects.map((object) => renamed(object, { text, schema: (name) => name }) as CatalogObject),
  );
}

interface Renamer {
  readonly schema: (name: string) => string;
  readonly text: (sql: string) => string;
}

function renamer(from: string, to: string): Renamer {
  return {
    schema: (name) => (name === from ? to : name),
    text: (sql) => (sql.includes(from.replaceAll('"', '""')) ? renameInText(sql, from, to) : sql),
  };
}

function renamed(value: unknown, by: Renamer): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (typeof inner !== 'string') return [name, renamed(inner, by)];
      if (name === 'schema') return [name, by.schema(inner)];
      return [name, printed.has(name) ? by.text(inner) : inner];
    }),
  );
}

function renameInText(sql: string, from: string, to: string): string {
  const tokens = readTokens(sql);
  let written = '';
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const put = replacement(tokens, index, from, to);
    if (put === null) continue;
    written += sql.slice(at, token.start) + put;
    at = token.end;
  }
  return written + sql.slice(at);
}

function replacement(tokens: readonly Token[], index: number, from: string, to: string): string | null {
  const token = tokens[index] as Token;
  if (token.kind === 'word' || token.kind === 'quoted') {
    const qualifies = tokens[index + 1]?.text === '.' && tokens[index - 1]?.text !== '.';
    return qualifies && nameIn(token) === from ? quoteIdentifier(to) : null;
  }
  // `nextval('calls.id_seq'::regclass)`: what such a literal holds is a name.
  const cast = tokens.slice(index + 1, index + 4).map(({ text }) => text);
  if (token.kind !== 'literal' || !/^::reg[a-z]+$/.test(cast.join('')) || !token.text.startsWith("'"))
    return null;
  const name = token.text.slice(1, -1).replaceAll("''", "'");
  return quoteLiteral(renameInText(name, from, to));
}

function nameIn({ kind, text }: Token): string {
  return kind === 'word' ? text : text.slice(1, -1).replaceAll('""', '"');
}
