// readTokens: SQL as words, names, literals and signs (manual 4.1), without white space and comments.

export interface Token {
  /** `quoted` is an identifier in quotes, `literal` a string or number, `other` one sign. */
  readonly kind: 'word' | 'quoted' | 'literal' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const patterns: readonly (readonly [Token['kind'] | null, RegExp])[] = [
  [null, /(?:\s+|--[^\n]*)/y],
  ['literal', /(?:[eE]'(?:[^'\\]|\\.|'')*'|[uU]&'(?:[^']|'')*'|[bBxXnN]?'(?:[^']|'')*')/sy],
  ['quoted', /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ['literal', /\$([\p{L}_][\p{L}\p{N}_]*)?\$.*?\$\1\$/suy],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['literal', /\d[\w.]*/y],
  ['other', /./suy],
];

export function readTokens(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const comment = sql.startsWith('/*', at) ? endOfComment(sql, at) : null;
    if (comment !== null) {
      at = comment;
      continue;
    }
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const text = pattern.exec(sql)?.[0];
      if (text === undefined) continue;
      if (kind !== null) tokens.push({ kind, text, start: at, end: at + text.length });
      at += text.length;
      break;
    }
  }
  return tokens;
}

/** Block comments nest. */
function endOfComment(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length; at += 1) {
    const pair = sql.slice(at, at + 2);
    if (pair !== '/*' && pair !== '*/') continue;
    depth += pair === '/*' ? 1 : -1;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return sql.length;
}
