// sequencesOf: the sequences that a column's default draws from, as SQL.
import type { Column } from '../catalog/index.ts';

const identifier = `(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)`;
const nextval = new RegExp(`\\bnextval\\(\\s*'(${identifier}(?:\\.${identifier})?)'`, 'gi');

/** The text in `nextval('…')` is an identifier with its quotes already (manual 9.17); in a literal, `'` stands doubled. */
export function sequencesOf(column: Column): readonly string[] {
  return [...(column.default ?? '').matchAll(nextval)].map(([, name = '']) => name.replaceAll("''", "'"));
}
