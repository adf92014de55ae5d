// lookAtDrop: is the index that a DROP INDEX CONCURRENTLY drops still there?
import { nameOfObject } from './relation-name.ts';
import type { Looker } from './step.ts';

export const lookAtDrop: Looker = (session, { statement: { node }, begun }) => {
  if (!('DropStmt' in node) || node.DropStmt.concurrent !== true) return null;
  const name = nameOfObject(node.DropStmt.objects?.[0]);
  return (async () => {
    const known = (begun?.expects as { readonly index: string | null } | null)?.index ?? null;
    const { rows } = await session.query<{ index: string; valid: boolean | null }>(
      `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS index, i.indisvalid AS valid
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
       WHERE c.oid = to_regclass($1)`,
      [known ?? name],
    );
    const index = rows[0]?.index ?? null;
    // One that was not there when the step began says so itself, as IF EXISTS has it.
    if (index === null && known !== null)
      return { state: 'done', words: `index ${known} is gone`, expects: { index: known } };
    if (index !== null && known !== null && rows[0]?.valid === false)
      return {
        state: 'half done',
        words: `index ${index} was half dropped: the rest is done`,
        clear: [],
        instead: `DROP INDEX CONCURRENTLY ${index}`,
        expects: { index },
      };
    return { state: 'not done', expects: { index } };
  })();
};
