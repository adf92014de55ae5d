// parseCreateIndex, parseIndexKey: an index as somebody wrote it in SQL, taken apart by the lexical rules (manual 4.1).
import type { Index, IndexKey } from './index-of-table.ts';
import { readTokens, type Token } from './sql-token.ts';

/** `schema` is null where the statement leaves it to the search path, `name` where it leaves it to PostgreSQL. */
export interface IndexStatement extends Omit<Index, 'schema' | 'name'> {
  readonly schema: string | null;
  readonly name: string | null;
  /** IF NOT EXISTS: nothing is made where the schema has something of that name. */
  readonly repeatable: boolean;
}

/** One CREATE INDEX (manual, CREATE INDEX); null for anything else. Expressions stay as they are written. */
export function parseCreateIndex(sql: string): IndexStatement | null {
  const at = makeCursor(sql);
  if (!at.take('create')) return null;
  const unique = at.take('unique');
  if (!at.take('index')) return null;
  at.take('concurrently');
  const repeatable = at.take('if') && at.takeAll('not', 'exists');
  const name = at.is('on') ? null : at.name();
  if (!at.take('on')) return null;
  at.take('only');
  const first = at.name();
  const second = at.takeText('.') ? at.name() : null;
  const table = second ?? first;
  const method = at.take('using') ? at.name() : 'btree';
  const elements = at.list();
  if (table === null || method === null || elements === null || elements.length === 0) return null;
  const include = at.take('include') ? at.list() : [];
  const distinct = at.take('nulls') ? !at.take('not') && at.take('distinct') : true;
  if (!distinct) at.take('distinct');
  if (at.take('with')) at.list();
  if (at.take('tablespace')) at.name();
  const predicate = at.take('where') ? at.rest() : null;
  at.takeText(';');
  if (!at.ended()) return null;
  return {
    kind: 'index',
    schema: second === null ? null : first,
    table,
    name,
    repeatable,
    unique,
    method,
    keys: elements.map(parseIndexKey),
    include: (include ?? []).map((column) => makeCursor(column).name() ?? column),
    predicate,
    nullsDistinct: distinct,
    valid: true,
  };
}

/** One element of CREATE INDEX: `lower(email) text_pattern_ops DESC NULLS LAST`. */
export function parseIndexKey(sql: string): IndexKey {
  const at = makeCursor(sql);
  const expression = at.group() ?? at.call() ?? at.name();
  const collation = at.take('collate') ? at.qualified() : null;
  const opclass = at.is('asc') || at.is('desc') || at.is('nulls') ? null : at.qualified();
  const options = opclass === null ? null : at.group();
  const descending = !at.take('asc') && at.take('desc');
  const usual = descending ? 'first' : 'last';
  const nulls = !at.take('nulls') ? usual : at.take('first') ? 'first' : at.take('last') ? 'last' : usual;
  // Whatever is no element (`a || b` without parentheses) is an expression as a whole.
  if (expression === null || !at.ended())
    return { expression: sql.trim(), opclass: null, descending: false, nulls: 'last' };
  return {
    expression,
    opclass: opclass === null || options === null ? opclass : `${opclass}(${options})`,
    descending,
    nulls,
    ...(collation === null ? {} : { collation }),
  };
}

function makeCursor(sql: string) {
  const tokens = readTokens(sql);
  let at = 0;
  const here = (): Token | undefined => tokens[at];
  const is = (word: string): boolean => here()?.kind === 'word' && here()?.text.toLowerCase() === word;
  const take = (word: string): boolean => {
    const found = is(word);
    if (found) at += 1;
    return found;
  };
  const takeText = (text: string): boolean => {
    const found = here()?.kind === 'other' && here()?.text === text;
    if (found) at += 1;
    return found;
  };
  /** A name, folded or freed of its quotes. */
  const name = (): string | null => {
    const token = here();
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return null;
    at += 1;
    return token.kind === 'word' ? token.text.toLowerCase() : token.text.slice(1, -1).replaceAll('""', '"');
  };
  /** `a.b` as it is written. */
  const qualified = (): string | null => {
    const start = here();
    if (name() === null || start === undefined) return null;
    while (takeText('.')) name();
    return sql.slice(start.start, tokens[at - 1]?.end);
  };
  /** Past the parenthesis that closes the one here. */
  const past = (): boolean => {
    if (here()?.text !== '(') return false;
    let depth = 0;
    do {
      const { kind, text } = here() ?? { kind: 'other', text: '' };
      if (kind === 'other' && (text === '(' || text === '[')) depth += 1;
      if (kind === 'other' && (text === ')' || text === ']')) depth -= 1;
      at += 1;
    } while (depth > 0 && at < tokens.length);
    return true;
  };
  /** What stands in parentheses. */
  const group = (): string | null => {
    const open = here();
    if (open === undefined || !past()) return null;
    return sql.slice(open.end, tokens[at - 1]?.start).trim();
  };
  return {
    is,
    take,
    takeAll: (...words: readonly string[]) => words.every(take),
    takeText,
    name,
    qualified,
    group,
    /** `f(…)` as it is written. */
    call(): string | null {
      const before = at;
      const start = here();
      if (qualified() !== null && start !== undefined && past())
        return sql.slice(start.start, tokens[at - 1]?.end);
      at = before;
      return null;
    },
    /** The elements of a list in parentheses. */
    list(): readonly string[] | null {
      const inner = group();
      return inner === null ? null : splitList(inner);
    },
    /** All up to the end of the statement. */
    rest(): string {
      const from = here()?.start ?? sql.length;
      while (at < tokens.length && !isEnd(here())) at += 1;
      return sql.slice(from, here()?.start).trim();
    },
    ended: (): boolean => at >= tokens.length,
  };
}

function isEnd(token: Token | undefined): boolean {
  return token?.kind === 'other' && token.text === ';';
}

function splitList(sql: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { kind, text, start, end } of readTokens(sql)) {
    if (kind !== 'other') continue;
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (text !== ',' || depth > 0) continue;
    parts.push(sql.slice(from, start).trim());
    from = end;
  }
  return [...parts, sql.slice(from).trim()];
}
