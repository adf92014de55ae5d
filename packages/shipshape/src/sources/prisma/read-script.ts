// readScript: the statements that Prisma's engine prints for a schema, as objects.
import {
  type CatalogObject,
  type Column,
  type ForeignKey,
  parseCreateIndex,
  quoteQualified,
  type ReferentialAction,
} from '../../catalog/index.ts';
import { readTokens, type Token } from '../../catalog/sql-token.ts';

/**
 * What the script leaves to the search path is in `public`; an extension whose schema or version is not said has an empty one. Names are as they are written, however long. Enums are left
 * out: the engine does not double the quotes in their labels, and the schema's own text has them.
 */
export function readScript(script: string): readonly CatalogObject[] {
  return splitStatements(script.replace(/^CREATE TYPE .*;$/gm, '')).flatMap((statement) => {
    const index = parseCreateIndex(statement);
    if (index !== null) {
      const { repeatable: _, name, schema, ...rest } = index;
      return [{ ...rest, schema: schema ?? 'public', name: name ?? '' }];
    }
    return readStatement(makeReader(statement));
  });
}

function splitStatements(script: string): readonly string[] {
  const statements: string[] = [];
  let from: number | null = null;
  for (const { kind, text, start, end } of readTokens(script)) {
    from ??= start;
    if (kind !== 'other' || text !== ';') continue;
    statements.push(script.slice(from, end - 1));
    from = null;
  }
  return statements;
}

type Reader = ReturnType<typeof makeReader>;

function makeReader(sql: string) {
  const tokens = readTokens(sql);
  let at = 0;
  const isWord = (token: Token | undefined, word: string): boolean =>
    token?.kind === 'word' && token.text.toLowerCase() === word;
  const take = (...words: readonly string[]): boolean => {
    const found = words.every((word, offset) => isWord(tokens[at + offset], word));
    if (found) at += words.length;
    return found;
  };
  const takeSign = (sign: string): boolean => {
    const found = tokens[at]?.kind === 'other' && tokens[at]?.text === sign;
    if (found) at += 1;
    return found;
  };
  const name = (): string => unquote(tokens[at++]?.text ?? '');
  const depthChange = ({ kind, text }: Token): number =>
    kind !== 'other' ? 0 : '([{'.includes(text) ? 1 : ')]}'.includes(text) ? -1 : 0;
  /** All up to the first of the words, outside parentheses. */
  const until = (...words: readonly string[]): string => {
    const from = tokens[at]?.start ?? sql.length;
    let depth = 0;
    while (at < tokens.length) {
      const token = tokens[at] as Token;
      if (depth === 0 && words.some((word) => isWord(token, word))) break;
      depth += depthChange(token);
      at += 1;
    }
    return sql.slice(from, at < tokens.length ? tokens[at]?.start : undefined).trim();
  };
  return {
    take,
    name,
    until,
    qualified(): { readonly schema: string; readonly name: string } {
      const first = name();
      return takeSign('.') ? { schema: first, name: name() } : { schema: 'public', name: first };
    },
    /** The elements of the list in parentheses that begins here. */
    list(): readonly string[] {
      if (!takeSign('(')) return [];
      const items: string[] = [];
      let from = tokens[at]?.start ?? sql.length;
      let depth = 0;
      for (; at < tokens.length; at += 1) {
        const token = tokens[at] as Token;
        const change = depthChange(token);
        const closes = depth + change < 0;
        if (closes || (depth === 0 && token.kind === 'other' && token.text === ',')) {
          items.push(sql.slice(from, token.start).trim());
          from = token.end;
        }
        depth += change;
        if (closes) break;
      }
      at += 1;
      return items.filter((item) => item !== '');
    },
    names(): readonly string[] {
      return this.list().map(unquote);
    },
  };
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Throws an Error for a statement that the engine of this version does not print. */
function readStatement(at: Reader): readonly CatalogObject[] {
  if (at.take('create', 'schema')) {
    at.take('if', 'not', 'exists');
    return [{ kind: 'schema', schema: at.name() }];
  }
  if (at.take('create', 'extension')) {
    at.take('if', 'not', 'exists');
    const name = at.name();
    const schema = at.take('with', 'schema') ? at.name() : '';
    return [{ kind: 'extension', name, schema, version: at.take('version') ? at.name() : '' }];
  }
  if (at.take('create', 'table')) {
    const { schema, name } = at.qualified();
    const place = { schema, table: name };
    return [
      { kind: 'table', schema, name },
      ...at.list().map((item) => readElement(makeReader(item), place)),
    ];
  }
  if (at.take('alter', 'table')) {
    const { schema, name } = at.qualified();
    if (at.take('add', 'constraint')) return [readForeignKey(at, { schema, table: name })];
  }
  throw new Error(`Prisma's engine printed a statement that is not read: ${at.until()}`);
}

interface Place {
  readonly schema: string;
  readonly table: string;
}

function readElement(at: Reader, place: Place): CatalogObject {
  if (at.take('constraint')) {
    const name = at.name();
    at.take('primary', 'key');
    return { kind: 'primary key', ...place, name, columns: at.names() };
  }
  return readColumn(at, place);
}

function readColumn(at: Reader, place: Place): Column {
  const name = at.name();
  const type = readType(at.until('not', 'default'));
  const nullable = !at.take('not', 'null');
  const filled = at.take('default') ? at.until() : null;
  return { kind: 'column', ...place, name, type, nullable, default: filled, identity: null, generated: null };
}

/** The types that are named in quotes are the schema's own enums. */
function readType(text: string): string {
  if (!text.startsWith('"')) return text;
  const brackets = /(?:\[\])*$/.exec(text)?.[0] ?? '';
  const { schema, name } = makeReader(text).qualified();
  return `${quoteQualified(schema, name)}${brackets}`;
}

function readForeignKey(at: Reader, place: Place): ForeignKey {
  const name = at.name();
  at.take('foreign', 'key');
  const columns = at.names();
  at.take('references');
  const target = at.qualified();
  const far = at.names();
  at.take('on', 'delete');
  const onDelete = readAction(at.until('on'));
  at.take('on', 'update');
  return {
    kind: 'foreign key',
    ...place,
    name,
    columns,
    references: { schema: target.schema, table: target.name, columns: far },
    onDelete,
    onUpdate: readAction(at.until()),
    deferrability: 'not deferrable',
    validated: true,
  };
}

function readAction(text: string): ReferentialAction {
  return text.toLowerCase() as ReferentialAction;
}
