// judgeCommand: what a command of psql means for a schema.
import type { CommandItem } from './read-file.ts';

export type Judged =
  | { readonly kind: 'nothing' }
  /** `from`: what the path is relative to, the folder in which psql runs or that of the file. */
  | { readonly kind: 'include'; readonly path: string; readonly from: 'root' | 'file' }
  | { readonly kind: 'refused'; readonly because: string };

/** What psql shows, and how; and rows. Letters are told apart by case (manual, psql, "Meta-Commands"). */
const nothing = new Set(
  `a C conninfo copy copyright echo encoding errverbose f h help H l o out p password print prompt pset qecho r reset
  restrict s set setenv t T timing unrestrict unset w warn write x z ?`.split(/\s+/),
);
const includes = new Map([
  ['i', 'root'],
  ['include', 'root'],
  ['ir', 'file'],
  ['include_relative', 'file'],
] as const);

/** `begun`: whether the script has made anything before. */
export function judgeCommand({ command: { name, rest }, within }: CommandItem, begun: boolean): Judged {
  const from = (includes as ReadonlyMap<string, 'root' | 'file'>).get(name);
  if (from !== undefined) {
    if (within) return refuse('it stands inside a statement');
    const path = unquote(rest);
    return path === null ? refuse('its path is not written out') : { kind: 'include', path, from };
  }
  if (name === 'c' || name === 'connect')
    return begun ? refuse('what follows belongs to another database') : { kind: 'nothing' };
  if (name === 'encoding' && !/^'?utf-?8'?$/i.test(rest)) return refuse('only UTF-8 is read');
  if (/\s\\[a-z!?]/i.test(rest)) return refuse('another command follows on its line');
  if (nothing.has(name) || /^d/.test(name)) return { kind: 'nothing' };
  return refuse('only psql itself can say what it comes to');
}

const refuse = (because: string): Judged => ({ kind: 'refused', because });

/** `tables/a.sql`, `'my tables.sql'`; null where a variable or several words would be needed. */
function unquote(rest: string): string | null {
  const quoted = /^'((?:[^']|'')+)'$/.exec(rest)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  return /^[^\s:'"`\\]+$/.test(rest) ? rest : null;
}
