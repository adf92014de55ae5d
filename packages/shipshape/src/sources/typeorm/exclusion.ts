// readExclusion: what stands behind EXCLUDE, taken apart by the lexical rules (manual 4.1; CREATE TABLE, "EXCLUDE").
import { type Deferrability, type ExclusionConstraint, parseIndexKey } from '../../catalog/index.ts';
import { readTokens } from '../../catalog/sql-token.ts';
import type { Place } from './column.ts';

type Element = ExclusionConstraint['elements'][number];

/** Null for what is not of the form `USING method (key WITH operator, …) INCLUDE (…) WHERE (…)`. */
export function readExclusion(
  place: Place,
  name: string,
  sql: string,
  deferrability: Deferrability,
): ExclusionConstraint | null {
  const parts = /^\s*(?:USING\s+(\w+)\s*)?\(/i.exec(sql);
  if (parts === null) return null;
  const list = inParentheses(sql, parts[0].length - 1);
  if (list === null) return null;
  const elements = splitAt(list.inside, ',').map(readElement);
  const rest = sql.slice(list.end).trim();
  const where = /^WHERE\s*\(/i.exec(rest);
  const predicate = where === null ? null : inParentheses(rest, where[0].length - 1);
  const isWhole = rest === '' || (predicate !== null && rest.slice(predicate.end).trim() === '');
  if (!isWhole || elements.some((element) => element === null)) return null;
  return {
    kind: 'exclusion constraint',
    ...place,
    name,
    method: (parts[1] ?? 'btree').toLowerCase(),
    elements: elements.filter((element) => element !== null),
    predicate: predicate === null ? null : predicate.inside.trim(),
    deferrability,
  };
}

function readElement(sql: string): Element | null {
  const word = readTokens(sql)
    .filter(({ kind, text }) => kind === 'word' && text.toLowerCase() === 'with')
    .at(-1);
  if (word === undefined) return null;
  const operator = sql.slice(word.end).trim();
  return operator === '' ? null : { key: parseIndexKey(sql.slice(0, word.start)), operator };
}

function inParentheses(sql: string, open: number): { readonly inside: string; readonly end: number } | null {
  let depth = 0;
  for (const { kind, text, start, end } of readTokens(sql.slice(open))) {
    if (kind !== 'other') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) return { inside: sql.slice(open + 1, open + start), end: open + end };
  }
  return null;
}

function splitAt(sql: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { kind, text, start, end } of readTokens(sql)) {
    if (kind !== 'other') continue;
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (text !== sign || depth > 0) continue;
    parts.push(sql.slice(from, start).trim());
    from = end;
  }
  return [...parts, sql.slice(from).trim()];
}
