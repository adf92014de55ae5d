// readTokens: the words, texts, signs and line breaks of a Prisma schema, without comments.

export interface Token {
  /** `word`: a name or a number. `text`: a string with its quotes. */
  readonly kind: 'word' | 'text' | 'sign' | 'break';
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const patterns: readonly (readonly [Token['kind'] | null, RegExp])[] = [
  ['break', /\r?\n/y],
  [null, /(?:[^\S\n]+|\/\/[^\n]*)/y],
  [null, /\/\*.*?\*\//sy],
  ['text', /"(?:[^"\\\n]|\\.)*"/y],
  ['word', /-?[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.\d+)?/uy],
  ['sign', /./suy],
];

export function readTokens(schema: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  while (at < schema.length) {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const text = pattern.exec(schema)?.[0];
      if (text === undefined) continue;
      if (kind !== null) tokens.push({ kind, text, line, start: at, end: at + text.length });
      line += text.split('\n').length - 1;
      at += text.length;
      break;
    }
  }
  return tokens;
}
