// lookAtReindex: what a REINDEX CONCURRENTLY that was cut off has left behind.
import type { ReindexStmt } from 'libpg-query';
import type { Session } from '../../postgres/session.ts';
import { buildersOf } from './building.ts';
import { nameOfRelation } from './relation-name.ts';
import type { Look, Looker } from './step.ts';

export const lookAtReindex: Looker = (session, { statement: { node }, begun }) => {
  if (!('ReindexStmt' in node)) return null;
  // Nothing says of an index that it was built anew: one that was begun is done again.
  return begun === null
    ? Promise.resolve({ state: 'not done', expects: null })
    : lookForLeftovers(session, node.ReindexStmt);
};

async function lookForLeftovers(session: Session, body: ReindexStmt): Promise<Look> {
  const { text, values } = tablesOf(body);
  const { rows } = await session.query<{ index: string; builder: number | null }>(
    `WITH t AS (${text})
     SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS index,
       (${buildersOf('i.indexrelid', 'i.indrelid')} LIMIT 1) AS builder
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
       AND (i.indrelid IN (SELECT oid FROM t)
         OR i.indrelid IN (SELECT r.reltoastrelid FROM pg_class r JOIN t ON t.oid = r.oid))
     ORDER BY 1`,
    values,
  );
  const building = rows.find(({ builder }) => builder !== null);
  if (building !== undefined && building.builder !== null)
    return { state: 'being built', pid: building.builder, what: building.index, expects: null };
  if (rows.length === 0) return { state: 'not done', expects: null };
  const names = rows.map(({ index }) => index);
  return {
    state: 'half done',
    words: `${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} left behind, and ${names.length === 1 ? 'is' : 'are'} dropped`,
    clear: names.map((name) => `DROP INDEX CONCURRENTLY ${name}`),
    instead: null,
    expects: null,
  };
}

/** Their oids. */
function tablesOf({ kind, relation, name }: ReindexStmt): { text: string; values: readonly string[] } {
  const tree = (root: string) => `SELECT ${root} AS oid UNION SELECT relid FROM pg_partition_tree(${root})`;
  switch (kind) {
    case 'REINDEX_OBJECT_INDEX':
      return {
        text: `SELECT i.indrelid AS oid FROM pg_index i WHERE i.indexrelid = to_regclass($1) OR i.indexrelid IN (
          SELECT relid FROM pg_partition_tree(to_regclass($1)))`,
        values: [nameOfRelation(relation ?? {})],
      };
    case 'REINDEX_OBJECT_TABLE':
      return { text: tree('to_regclass($1)::oid'), values: [nameOfRelation(relation ?? {})] };
    case 'REINDEX_OBJECT_SCHEMA':
      return {
        text: 'SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1',
        values: [name ?? ''],
      };
    default:
      return { text: 'SELECT oid FROM pg_class', values: [] };
  }
}
