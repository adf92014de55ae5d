// readBehindTables: what a statement on a table calls by itself: sequences of defaults, functions of expressions.
import { quoteQualified, type TableName } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { Lack } from './grant.ts';

export interface BehindTables {
  readonly sequences: readonly Lack[];
  readonly functions: readonly Lack[];
}

/**
 * What the role `who` may not use of it. An identity column asks for no right on its sequence (manual, CREATE TABLE);
 * defaults, generated columns, checks, indexes and policies run as whoever writes the row.
 */
export async function readBehindTables(
  session: Session,
  who: string,
  tables: readonly TableName[],
): Promise<BehindTables> {
  const { rows } = await session.query<{
    kind: 'sequence' | 'function';
    schema: string;
    name: string;
    arguments: string | null;
  }>(
    `WITH t AS (
       SELECT c.oid
         FROM unnest($2::name[], $3::name[]) AS a (schema, name)
         JOIN pg_catalog.pg_namespace n ON n.nspname = a.schema
         JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = a.name
     ), part AS (
       SELECT 'pg_attrdef'::regclass AS catalog, d.oid FROM t JOIN pg_catalog.pg_attrdef d ON d.adrelid = t.oid
       UNION ALL
       SELECT 'pg_constraint'::regclass, k.oid FROM t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid
       UNION ALL
       SELECT 'pg_class'::regclass, i.indexrelid FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
       UNION ALL
       SELECT 'pg_policy'::regclass, y.oid FROM t JOIN pg_catalog.pg_policy y ON y.polrelid = t.oid
     ), behind AS (
       SELECT DISTINCT d.refclassid AS catalog, d.refobjid AS oid
         FROM part JOIN pg_catalog.pg_depend d ON d.classid = part.catalog AND d.objid = part.oid
     )
     SELECT 'sequence' AS kind, n.nspname::text AS schema, s.relname::text AS name, NULL AS arguments
       FROM behind
       JOIN pg_catalog.pg_class s ON behind.catalog = 'pg_class'::regclass AND s.oid = behind.oid AND s.relkind = 'S'
       JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
      WHERE CASE WHEN s.relkind = 'S' THEN NOT pg_catalog.has_sequence_privilege($1::name, s.oid, 'USAGE')
                                       AND NOT pg_catalog.has_sequence_privilege($1::name, s.oid, 'UPDATE') END
     UNION ALL
     SELECT 'function', n.nspname, f.proname, pg_catalog.pg_get_function_identity_arguments(f.oid)
       FROM behind
       JOIN pg_catalog.pg_proc f ON behind.catalog = 'pg_proc'::regclass AND f.oid = behind.oid
       JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
      WHERE NOT pg_catalog.has_function_privilege($1::name, f.oid, 'EXECUTE')
      ORDER BY 1, 2, 3, 4`,
    [who, tables.map(({ schema }) => schema), tables.map(({ name }) => name)],
  );
  return {
    sequences: rows
      .filter(({ kind }) => kind === 'sequence')
      .map(({ schema, name }) => ({ thing: quoteQualified(schema, name), rights: ['USAGE'] })),
    functions: rows
      .filter(({ kind }) => kind === 'function')
      .map(({ schema, name, arguments: args }) => ({
        thing: `${quoteQualified(schema, name)}(${args})`,
        rights: ['EXECUTE'],
      })),
  };
}
