// Catalogue queries: functions, procedures, aggregates; triggers and policies.
import { family } from './family.ts';
import { notOfExtension } from './ours.ts';

export interface RoutineRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly arguments: string;
  /** Letters as manual 51.39 has them. */
  readonly form: 'f' | 'p' | 'w' | 'a';
  readonly returns: string | null;
  /** Null for an aggregate. */
  readonly definition: string | null;
}

/** What a range type brings with it (`int4range(…)`) is part of that type: it depends on it internally. */
export const routines = family<RoutineRow>('routine', (_, among) => ({
  fields: `
           'oid', p.oid::text,
           'schema', s.name,
           'name', p.proname,
           'arguments', pg_get_function_identity_arguments(p.oid),
           'form', p.prokind,
           'returns', pg_get_function_result(p.oid),
           'definition', CASE WHEN p.prokind <> 'a' THEN rtrim(pg_get_functiondef(p.oid), E'\\n') END`,
  from: `
    FROM pg_proc p
    JOIN our_schema s ON s.oid = p.pronamespace
   WHERE ${among('p.oid')} AND ${notOfExtension('pg_proc', 'p.oid')}
     AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')`,
}));

/** Functions and operators as SQL, null where there is none; the manual's CREATE AGGREGATE tells what each is. */
export interface AggregateRow {
  readonly oid: string;
  /** With ORDER BY where the aggregate takes it, and defaults. */
  readonly takes: string;
  readonly kind: 'n' | 'o' | 'h';
  readonly parallel: 's' | 'r' | 'u';
  readonly step: string;
  readonly state: string;
  readonly space: number;
  readonly final: string | null;
  readonly finalExtra: boolean;
  readonly finalModify: 'r' | 's' | 'w';
  readonly combine: string | null;
  readonly serial: string | null;
  readonly deserial: string | null;
  readonly initial: string | null;
  readonly movingStep: string | null;
  readonly movingInverse: string | null;
  readonly movingState: string | null;
  readonly movingSpace: number;
  readonly movingFinal: string | null;
  readonly movingFinalExtra: boolean;
  readonly movingFinalModify: 'r' | 's' | 'w';
  readonly movingInitial: string | null;
  readonly sortOperator: string | null;
}

const called = (column: string) => `CASE WHEN g.${column} <> 0 THEN g.${column}::regproc::text END`;

export const aggregates = family<AggregateRow>('aggregate', (_, among) => ({
  fields: `
           'oid', p.oid::text,
           'takes', pg_get_function_arguments(p.oid),
           'kind', g.aggkind,
           'parallel', p.proparallel,
           'step', g.aggtransfn::text,
           'state', format_type(g.aggtranstype, NULL),
           'space', g.aggtransspace,
           'final', ${called('aggfinalfn')},
           'finalExtra', g.aggfinalextra,
           'finalModify', g.aggfinalmodify,
           'combine', ${called('aggcombinefn')},
           'serial', ${called('aggserialfn')},
           'deserial', ${called('aggdeserialfn')},
           'initial', g.agginitval,
           'movingStep', ${called('aggmtransfn')},
           'movingInverse', ${called('aggminvtransfn')},
           'movingState', CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END,
           'movingSpace', g.aggmtransspace,
           'movingFinal', ${called('aggmfinalfn')},
           'movingFinalExtra', g.aggmfinalextra,
           'movingFinalModify', g.aggmfinalmodify,
           'movingInitial', g.aggminitval,
           'sortOperator', (SELECT format('OPERATOR(%I.%s)', n.nspname, o.oprname)
                              FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
                             WHERE o.oid = g.aggsortop)`,
  from: `
    FROM pg_proc p
    JOIN our_schema s ON s.oid = p.pronamespace
    JOIN pg_aggregate g ON g.aggfnoid = p.oid
   WHERE ${among('p.oid')} AND ${notOfExtension('pg_proc', 'p.oid')}`,
}));

export interface TriggerRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly definition: string;
  /** Letters as manual 51.54 has them. */
  readonly enabled: 'O' | 'R' | 'A' | 'D';
}

/** Those that PostgreSQL makes for constraints, and the copies that partitions have of their table's, are left out. */
export const triggers = family<TriggerRow>('trigger', () => ({
  fields: `
           'oid', g.oid::text,
           'table', g.tgrelid::text,
           'name', g.tgname,
           'definition', pg_get_triggerdef(g.oid),
           'enabled', g.tgenabled`,
  from: `
    FROM our_relation r
    JOIN pg_trigger g ON g.tgrelid = r.oid
   WHERE NOT g.tgisinternal AND g.tgparentid = 0
     AND ${notOfExtension('pg_trigger', 'g.oid')}`,
}));

export interface PolicyRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  /** Letters as manual 51.37 has them. */
  readonly command: '*' | 'r' | 'a' | 'w' | 'd';
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly withCheck: string | null;
}

export const policies = family<PolicyRow>('policy', () => ({
  fields: `
           'oid', p.oid::text,
           'table', p.polrelid::text,
           'name', p.polname,
           'command', p.polcmd,
           'permissive', p.polpermissive,
           'roles', (SELECT json_agg(CASE WHEN u.oid = 0 THEN 'PUBLIC' ELSE w.rolname END)
                       FROM unnest(p.polroles) AS u (oid)
                       LEFT JOIN pg_roles w ON w.oid = u.oid),
           'using', pg_get_expr(p.polqual, p.polrelid),
           'withCheck', pg_get_expr(p.polwithcheck, p.polrelid)`,
  from: `
    FROM our_relation r
    JOIN pg_policy p ON p.polrelid = r.oid
   WHERE ${notOfExtension('pg_policy', 'p.oid')}`,
}));

export interface ExtensionRow {
  readonly oid: string;
  readonly name: string;
  readonly schema: string;
  readonly version: string;
}

/** plpgsql is in every database from the start. */
export const extensions = family<ExtensionRow>('extension', () => ({
  fields: `'oid', e.oid::text, 'name', e.extname, 'schema', n.nspname, 'version', e.extversion`,
  from: `
    FROM pg_extension e
    JOIN pg_namespace n ON n.oid = e.extnamespace
   WHERE e.extname <> 'plpgsql'`,
}));
