// readGrantsOfOwners: what makes the connected role as good as the owner of the things that migrations change.
import { quoteIdentifier, quoteQualified, type TableName } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { Grant } from './grant.ts';
import type { Migrator } from './migrator.ts';

interface Owned {
  /** For ALTER: `TABLE`. */
  readonly word: string;
  readonly schema: string;
  readonly name: string;
  readonly arguments: string | null;
  readonly owner: string;
  readonly ownerIsSuperuser: boolean;
  /** The owner is a member of the connected role, or this of that without having its rights. */
  readonly related: boolean;
}

/**
 * Only an owner may alter or drop (manual 5.8), and who is a member of the owner. Membership in a superuser would give away
 * more than that, and one that is not inherited nothing: then the things change hands.
 */
export async function readGrantsOfOwners(
  session: Session,
  { role, inherits }: Migrator,
  things: readonly TableName[],
): Promise<readonly Grant[]> {
  const owned = await readOthers(session, things);
  const joins = (each: Owned) => inherits && !each.ownerIsSuperuser && !each.related;
  const owners = [...new Set(owned.filter(joins).map(({ owner }) => owner))];
  const to = quoteIdentifier(role);
  return [
    ...owners.map((owner) => ({ role, sql: `GRANT ${quoteIdentifier(owner)} TO ${to};` })),
    ...owned
      .filter((each) => !joins(each))
      .map(({ word, schema, name, arguments: args }) => ({
        role,
        sql: `ALTER ${word} ${quoteQualified(schema, name)}${args === null ? '' : `(${args})`} OWNER TO ${to};`,
      })),
  ];
}

/** Those that the role does not own. What a snapshot has in `public` may be wherever names without a schema lead. */
async function readOthers(session: Session, things: readonly TableName[]): Promise<readonly Owned[]> {
  const { rows } = await session.query<Owned>(
    `WITH asked AS (
       SELECT n.oid AS schema, a.name
         FROM unnest($1::name[], $2::name[]) AS a (schema, name)
         JOIN pg_catalog.pg_namespace n
           ON n.nspname = a.schema OR a.schema = 'public' AND n.nspname = ANY (pg_catalog.current_schemas(false))
     ), thing AS (
       SELECT 'pg_class'::regclass AS catalog, c.oid, c.relnamespace AS schema, c.relname AS name, NULL AS arguments,
              c.relowner AS owner,
              CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE'
                             WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS word
         FROM asked JOIN pg_catalog.pg_class c ON c.relnamespace = asked.schema AND c.relname = asked.name
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
           OR c.relkind = 'S' AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                 WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
       UNION
       SELECT 'pg_type'::regclass, t.oid, t.typnamespace, t.typname, NULL, t.typowner,
              CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END
         FROM asked JOIN pg_catalog.pg_type t ON t.typnamespace = asked.schema AND t.typname = asked.name
        WHERE t.typtype IN ('e', 'd', 'r')
           OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c')
       UNION
       SELECT 'pg_proc'::regclass, p.oid, p.pronamespace, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid),
              p.proowner, 'ROUTINE'
         FROM asked JOIN pg_catalog.pg_proc p ON p.pronamespace = asked.schema AND p.proname = asked.name
     )
     SELECT t.word, n.nspname::text AS schema, t.name::text AS name, t.arguments, o.rolname::text AS owner,
            o.rolsuper AS "ownerIsSuperuser",
            pg_catalog.pg_has_role(o.oid, 'MEMBER') OR pg_catalog.pg_has_role(o.oid, current_user, 'MEMBER') AS related
       FROM thing t
       JOIN pg_catalog.pg_roles o ON o.oid = t.owner
       JOIN pg_catalog.pg_namespace n ON n.oid = t.schema
      WHERE NOT pg_catalog.pg_has_role(o.oid, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                         WHERE d.classid = t.catalog AND d.objid = t.oid AND d.deptype = 'e')
      ORDER BY t.word = 'TABLE' DESC, t.word, n.nspname COLLATE "C", t.name COLLATE "C", t.arguments`,
    [things.map(({ schema }) => schema), things.map(({ name }) => name)],
  );
  return rows;
}
