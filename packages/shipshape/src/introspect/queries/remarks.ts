// Catalogue queries: extensions, comments, owners, privileges; and how many things there are that are not compared.

export interface ExtensionRow {
  readonly oid: string;
  readonly name: string;
  readonly schema: string;
  readonly version: string;
}

/** PL/pgSQL is there from the start (manual 41.1). */
export const extensions = `
  SELECT 'extension' AS family, json_build_object(
           'oid', x.oid::text, 'name', x.extname, 'schema', n.nspname, 'version', x.extversion)::text AS fields
    FROM pg_extension x
    JOIN pg_namespace n ON n.oid = x.extnamespace
   WHERE x.extname <> 'plpgsql'`;

/** What a remark is on: a row of a catalogue, and the number of a column, or 0. */
interface OnRow {
  /** `pg_class`, as `regclass` prints it. */
  readonly catalogue: string;
  readonly oid: string;
  readonly column: number;
}

export interface CommentRow extends OnRow {
  readonly text: string;
}

/** initdb writes the one on schema public, and an extension brings its own. */
export const comments = `
  SELECT 'comment' AS family, json_build_object(
           'catalogue', d.classoid::regclass::text, 'oid', d.objoid::text, 'column', d.objsubid,
           'text', d.description)::text AS fields
    FROM pg_description d
   WHERE (d.objoid >= 16384 AND d.classoid <> 'pg_extension'::regclass)
      OR (d.classoid = 'pg_namespace'::regclass AND d.description <> 'standard public schema')`;

export interface OwnerRow extends OnRow {
  readonly role: string;
}

export const owners = `
  SELECT 'owner' AS family, json_build_object(
           'catalogue', o.catalogue::regclass::text, 'oid', o.oid::text, 'column', 0,
           'role', pg_get_userbyid(o.owner))::text AS fields
    FROM (SELECT 'pg_namespace'::regclass AS catalogue, n.oid, n.nspowner AS owner FROM pg_namespace n
          UNION ALL
          SELECT 'pg_class'::regclass, c.oid, c.relowner FROM pg_class c WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
          UNION ALL
          SELECT 'pg_type'::regclass, y.oid, y.typowner FROM pg_type y WHERE y.typtype IN ('e', 'd', 'c', 'r')
          UNION ALL
          SELECT 'pg_proc'::regclass, p.oid, p.proowner FROM pg_proc p WHERE p.oid >= 16384
          UNION ALL
          SELECT 'pg_collation'::regclass, co.oid, co.collowner FROM pg_collation co WHERE co.oid >= 16384) o`;

export interface PrivilegeRow extends OnRow {
  readonly grantee: string;
  readonly rights: readonly string[];
}

/** Those that a thing has without a GRANT are among them (manual 5.8, table 5.2); those of its owner are not. */
export const privileges = `
  SELECT 'privilege' AS family, json_build_object(
           'catalogue', g.catalogue::regclass::text, 'oid', g.oid::text, 'column', g.sub,
           'grantee', CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee) END,
           'rights', json_agg(x.privilege_type || CASE WHEN x.is_grantable THEN '*' ELSE '' END
                              ORDER BY x.privilege_type))::text AS fields
    FROM (SELECT 'pg_namespace'::regclass AS catalogue, n.oid, 0 AS sub, n.nspowner AS owner,
                 coalesce(n.nspacl, acldefault('n', n.nspowner)) AS acl FROM pg_namespace n
          UNION ALL
          SELECT 'pg_class'::regclass, c.oid, 0, c.relowner,
                 coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))
            FROM pg_class c WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
          UNION ALL
          SELECT 'pg_class'::regclass, a.attrelid, a.attnum, c.relowner, a.attacl
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped
          UNION ALL
          SELECT 'pg_type'::regclass, y.oid, 0, y.typowner, coalesce(y.typacl, acldefault('T', y.typowner))
            FROM pg_type y WHERE y.typtype IN ('e', 'd', 'c', 'r')
          UNION ALL
          SELECT 'pg_proc'::regclass, p.oid, 0, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
            FROM pg_proc p WHERE p.oid >= 16384) g
   CROSS JOIN LATERAL aclexplode(g.acl) x
   WHERE x.grantee <> g.owner
   GROUP BY g.catalogue, g.oid, g.sub, x.grantee`;

export interface UncomparedRow {
  readonly what: string;
  readonly count: number;
}

/** The kinds of things that Shipshape sees and does not compare. Oids below 16384 are initdb's own (manual 68.2.2). */
const uncomparedKinds: Readonly<Record<string, string>> = {
  publications: 'SELECT FROM pg_publication',
  'statistics objects': 'SELECT FROM pg_statistic_ext v JOIN our_schema s ON s.oid = v.stxnamespace',
  rules: `SELECT FROM pg_rewrite v JOIN our_relation t ON t.oid = v.ev_class WHERE v.rulename <> '_RETURN'`,
  'event triggers': 'SELECT FROM pg_event_trigger',
  casts: `SELECT FROM pg_cast v WHERE v.oid >= 16384
            AND NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = 'pg_cast'::regclass AND e.objid = v.oid)`,
  operators: `SELECT FROM pg_operator v JOIN our_schema s ON s.oid = v.oprnamespace
               WHERE NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = 'pg_operator'::regclass AND e.objid = v.oid)`,
  'operator classes': `SELECT FROM pg_opclass v JOIN our_schema s ON s.oid = v.opcnamespace
               WHERE NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = 'pg_opclass'::regclass AND e.objid = v.oid)`,
  'text search objects': `SELECT FROM (SELECT cfgnamespace AS n FROM pg_ts_config UNION ALL SELECT dictnamespace FROM pg_ts_dict
               UNION ALL SELECT tmplnamespace FROM pg_ts_template UNION ALL SELECT prsnamespace FROM pg_ts_parser) v
               JOIN our_schema s ON s.oid = v.n`,
  'foreign servers': 'SELECT FROM pg_foreign_server',
  'default privileges': 'SELECT FROM pg_default_acl',
  'storage parameters': `SELECT FROM pg_class c JOIN our_schema s ON s.oid = c.relnamespace
               WHERE c.reloptions IS NOT NULL AND c.relkind IN ('r', 'i', 'm', 'p')`,
  'security labels': 'SELECT FROM pg_seclabel',
};

export const uncompared = Object.entries(uncomparedKinds)
  .map(
    ([what, query]) => `
  SELECT 'uncompared' AS family, json_build_object('what', '${what}', 'count', count(*))::text AS fields
    FROM (${query}) v HAVING count(*) > 0`,
  )
  .join('\n  UNION ALL');
