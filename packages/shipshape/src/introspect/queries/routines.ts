// Catalogue queries: routines, triggers and policies.

export interface RoutineRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly arguments: string;
  /** Letters as manual 51.39 has them. */
  readonly kind: 'f' | 'p' | 'w' | 'a';
  readonly returns: string | null;
  readonly definition: string;
}

/** pg_get_functiondef refuses aggregates: what CREATE AGGREGATE takes (manual, CREATE AGGREGATE) is put together here. */
const aggregate = `
  (SELECT concat('CREATE AGGREGATE ', quote_ident(s.name), '.', quote_ident(p.proname),
                 '(', CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_identity_arguments(p.oid) END, ') (SFUNC = ',
                 g.aggtransfn::regproc, ', STYPE = ', format_type(g.aggtranstype, NULL),
                 CASE WHEN g.aggtransspace <> 0 THEN ', SSPACE = ' || g.aggtransspace END,
                 CASE WHEN g.aggfinalfn <> 0 THEN ', FINALFUNC = ' || g.aggfinalfn::regproc END,
                 CASE WHEN g.aggfinalextra THEN ', FINALFUNC_EXTRA' END,
                 CASE WHEN g.aggcombinefn <> 0 THEN ', COMBINEFUNC = ' || g.aggcombinefn::regproc END,
                 CASE WHEN g.aggserialfn <> 0 THEN ', SERIALFUNC = ' || g.aggserialfn::regproc END,
                 CASE WHEN g.aggdeserialfn <> 0 THEN ', DESERIALFUNC = ' || g.aggdeserialfn::regproc END,
                 CASE WHEN g.agginitval IS NOT NULL THEN ', INITCOND = ' || quote_literal(g.agginitval) END,
                 CASE WHEN g.aggmtransfn <> 0 THEN ', MSFUNC = ' || g.aggmtransfn::regproc END,
                 CASE WHEN g.aggminvtransfn <> 0 THEN ', MINVFUNC = ' || g.aggminvtransfn::regproc END,
                 CASE WHEN g.aggmtranstype <> 0 THEN ', MSTYPE = ' || format_type(g.aggmtranstype, NULL) END,
                 CASE WHEN g.aggmfinalfn <> 0 THEN ', MFINALFUNC = ' || g.aggmfinalfn::regproc END,
                 CASE WHEN g.aggminitval IS NOT NULL THEN ', MINITCOND = ' || quote_literal(g.aggminitval) END,
                 CASE WHEN g.aggkind = 'h' THEN ', HYPOTHETICAL' END,
                 CASE p.proparallel WHEN 's' THEN ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED' ELSE '' END, ')')
     FROM pg_aggregate g WHERE g.aggfnoid = p.oid)`;

/** Functions that a type brought (constructors of ranges) are the type's own: they depend on it internally. */
export const routines = `
  SELECT 'routine' AS family, json_build_object(
           'oid', p.oid::text,
           'schema', s.name,
           'name', p.proname,
           'arguments', pg_get_function_identity_arguments(p.oid),
           'kind', p.prokind,
           'returns', pg_get_function_result(p.oid),
           'definition', CASE WHEN p.prokind = 'a' THEN ${aggregate} ELSE pg_get_functiondef(p.oid) END)::text AS fields
    FROM pg_proc p
    JOIN our_schema s ON s.oid = p.pronamespace
   WHERE NOT EXISTS (SELECT FROM extension_owned e
                      WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
     AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')`;

export interface TriggerRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly definition: string;
  /** Letters as manual 51.58 has them. */
  readonly enabled: 'O' | 'D' | 'R' | 'A';
}

/** Those that PostgreSQL made for constraints, and the copies on partitions, are left out. */
export const triggers = `
  SELECT 'trigger' AS family, json_build_object(
           'oid', g.oid::text,
           'table', g.tgrelid::text,
           'name', g.tgname,
           'definition', pg_get_triggerdef(g.oid),
           'enabled', g.tgenabled)::text AS fields
    FROM our_relation t
    JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgparentid = 0
   WHERE NOT EXISTS (SELECT FROM extension_owned e
                      WHERE e.classid = 'pg_trigger'::regclass AND e.objid = g.oid)`;

export interface PolicyRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  /** Letters as manual 51.38 has them. */
  readonly command: '*' | 'r' | 'a' | 'w' | 'd';
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly withCheck: string | null;
}

export const policies = `
  SELECT 'policy' AS family, json_build_object(
           'oid', p.oid::text,
           'table', p.polrelid::text,
           'name', p.polname,
           'command', p.polcmd,
           'permissive', p.polpermissive,
           'roles', (SELECT json_agg(CASE WHEN role = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role) END)
                       FROM unnest(p.polroles) AS role),
           'using', pg_get_expr(p.polqual, p.polrelid),
           'withCheck', pg_get_expr(p.polwithcheck, p.polrelid))::text AS fields
    FROM our_table t
    JOIN pg_policy p ON p.polrelid = t.oid`;
