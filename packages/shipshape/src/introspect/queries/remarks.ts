// Catalogue queries: comments, owners and privileges. What they are about is an oid of some catalogue.
import { amongTouched, family } from './family.ts';
import { notOfExtension } from './ours.ts';

/** A thing as the catalogues call it. */
export interface ThingRow {
  /** `pg_class` */
  readonly catalog: string;
  readonly oid: string;
  /** The number of a column, or 0. */
  readonly part: number;
}

export interface CommentRow extends ThingRow {
  readonly text: string;
}

/**
 * Not those that PostgreSQL and extensions bring with them: their wording belongs to a version. Of the columns of
 * relations that were not asked for there can be very many.
 */
export const comments = family<CommentRow>('comment', (_, among) => ({
  fields: `'catalog', d.classoid::regclass::text, 'oid', d.objoid::text, 'part', d.objsubid, 'text', d.description`,
  from: `
    FROM pg_description d
   WHERE d.classoid IN ('pg_namespace'::regclass, 'pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass,
                        'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass,
                        'pg_collation'::regclass)
     AND (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.description <> 'standard public schema')
     AND ($1::name[] IS NULL OR d.objsubid = 0 OR d.objoid IN (SELECT r.oid FROM our_relation r)
          OR EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objoid AND c.relkind = 'c'))
     AND ${among === amongTouched ? 'd.objoid IN (SELECT t.oid FROM touched_thing t)' : 'true'}
     AND NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = d.classoid AND e.objid = d.objoid)`,
}));

/** $3: oids. With what is a part of them, since that has comments of its own. */
export const touchedThings = `
  touched_thing AS MATERIALIZED (
    SELECT unnest($3::oid[]) AS oid
    UNION ALL
    SELECT y.typrelid FROM pg_type y WHERE y.oid = ANY ($3::oid[]) AND y.typrelid <> 0
    UNION ALL
    SELECT con.oid FROM our_constraint con
    UNION ALL
    SELECT i.indexrelid FROM our_relation r JOIN pg_index i ON i.indrelid = r.oid
    UNION ALL
    SELECT g.oid FROM our_relation r JOIN pg_trigger g ON g.tgrelid = r.oid
    UNION ALL
    SELECT p.oid FROM our_relation r JOIN pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT d.objid
      FROM our_relation r
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = r.oid AND d.refobjsubid > 0
                      AND d.classid = 'pg_class'::regclass
  )`;

/** Everything that has an owner and privileges of its own; `kind` as acldefault() takes it (manual 9.27). */
export const ownedThings = `
  owned AS MATERIALIZED (
    SELECT 'pg_namespace' AS catalog, n.oid, n.nspowner AS owner, n.nspacl AS acl, 'n'::"char" AS kind
      FROM our_schema s
      JOIN pg_namespace n ON n.oid = s.oid
    UNION ALL
    SELECT 'pg_class', c.oid, c.relowner, c.relacl, CASE WHEN c.relkind = 'S' THEN 's'::"char" ELSE 'r'::"char" END
      FROM pg_class c
      JOIN our_schema s ON s.oid = c.relnamespace
     WHERE c.relkind = 'S' AND ${notOfExtension('pg_class', 'c.oid')}
        OR c.oid IN (SELECT r.oid FROM our_relation r)
    UNION ALL
    SELECT 'pg_type', y.oid, y.typowner, y.typacl, 'T'::"char"
      FROM pg_type y
      JOIN our_schema s ON s.oid = y.typnamespace
     WHERE (y.typtype IN ('e', 'd', 'r')
            OR y.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = y.typrelid AND c.relkind = 'c'))
       AND ${notOfExtension('pg_type', 'y.oid')}
    UNION ALL
    SELECT 'pg_proc', p.oid, p.proowner, p.proacl, 'f'::"char"
      FROM pg_proc p
      JOIN our_schema s ON s.oid = p.pronamespace
     WHERE ${notOfExtension('pg_proc', 'p.oid')}
    UNION ALL
    SELECT 'pg_collation', c.oid, c.collowner, NULL, NULL
      FROM pg_collation c
      JOIN our_schema s ON s.oid = c.collnamespace
     WHERE ${notOfExtension('pg_collation', 'c.oid')}
  )`;

export interface OwnerRow extends ThingRow {
  readonly role: string;
}

export const owners = family<OwnerRow>('owner', () => ({
  fields: `'catalog', o.catalog, 'oid', o.oid::text, 'part', 0, 'role', w.rolname`,
  from: `
    FROM owned o
    JOIN pg_roles w ON w.oid = o.owner`,
}));

export interface PrivilegeRow extends ThingRow {
  readonly grantee: string;
  readonly rights: readonly {
    readonly right: string;
    readonly column: string | null;
    readonly passes: boolean;
  }[];
}

/** A thing whose rights nobody has touched has those that acldefault() tells: EXECUTE for everybody on a function. */
export const privileges = family<PrivilegeRow>('privilege', () => ({
  fields: `
           'catalog', g.catalog, 'oid', g.oid::text, 'part', 0, 'grantee', g.grantee,
           'rights', json_agg(json_build_object('right', g.right, 'column', g.column, 'passes', g.passes))`,
  from: `
    FROM (SELECT o.catalog, o.oid, NULL AS column, x.privilege_type AS right, COALESCE(w.rolname, 'PUBLIC') AS grantee,
                 bool_or(x.is_grantable) AS passes
            FROM owned o
           CROSS JOIN aclexplode(COALESCE(o.acl, acldefault(o.kind, o.owner))) x
            LEFT JOIN pg_roles w ON w.oid = x.grantee
           WHERE x.grantee <> o.owner
           GROUP BY 1, 2, 3, 4, 5
          UNION ALL
          SELECT o.catalog, o.oid, a.attname, x.privilege_type, COALESCE(w.rolname, 'PUBLIC'), bool_or(x.is_grantable)
            FROM owned o
            JOIN pg_attribute a ON o.catalog = 'pg_class' AND a.attrelid = o.oid AND a.attacl IS NOT NULL
           CROSS JOIN aclexplode(a.attacl) x
            LEFT JOIN pg_roles w ON w.oid = x.grantee
           WHERE x.grantee <> o.owner
           GROUP BY 1, 2, 3, 4, 5) g
   GROUP BY g.catalog, g.oid, g.grantee`,
}));
