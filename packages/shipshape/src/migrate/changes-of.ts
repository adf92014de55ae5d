// changesOf: what a statement does, one change a clause, told from its parse tree.
import type { Change } from '../catalog/index.ts';
import { type Statement, tell } from '../postgres/statement.ts';
import { objects } from './words/objects.ts';
import { rows } from './words/rows.ts';

/** Never none. */
export function changesOf(statement: Statement): readonly Change[] {
  const told = tell(objects, statement.node) ?? tell(rows, statement.node);
  return told === undefined || told.length === 0 ? [{ verb: 'run', what: firstWords(statement.text) }] : told;
}

/** Only leading bare words: what follows may be a password or a customer's number. */
function firstWords(text: string): string {
  return /^[a-z]+(\s+[a-z]+)?(?=\s|$)/i.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? 'a statement';
}
