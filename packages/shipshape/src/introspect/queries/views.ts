// Catalogue queries: views, plain and materialized.

export interface ViewRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly materialized: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[] | null;
  readonly definition: string;
  /** `security_barrier=true`; of a materialized view they are parameters of its storage. */
  readonly options: readonly string[] | null;
  readonly populated: boolean;
}

/** Without its definition where `plain`: what a need asks of a view is its columns. */
export const views = ({ plain }: { readonly plain: boolean }): string => `
  SELECT 'view' AS family, json_build_object(
           'oid', r.oid::text,
           'schema', r.schema,
           'name', r.name,
           'materialized', r.relkind = 'm',
           'columns', (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                                       ORDER BY a.attnum)
                         FROM pg_attribute a
                        WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
           'definition', ${plain ? "''" : 'pg_get_viewdef(r.oid)'},
           'options', (SELECT c.reloptions FROM pg_class c WHERE c.oid = r.oid),
           'populated', (SELECT c.relispopulated FROM pg_class c WHERE c.oid = r.oid))::text AS fields
    FROM our_relation r
   WHERE r.relkind IN ('v', 'm')`;
