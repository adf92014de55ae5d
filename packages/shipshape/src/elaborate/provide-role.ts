// provideRole: makes a role that something names, where the scratch server has none of that name; and takes it away again.
import { quoteIdentifier, quoteLiteral } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';

/** Roles are the server's, not the database's: a comment remembers for which database one was made. */
const madeFor = 'made by shipshape for the database ';

/** Names of nobody in particular (`PUBLIC`, `current_user`) are no roles. */
export async function provideRole(name: string, scratch: Session): Promise<void> {
  if (/^(public|current_user|current_role|session_user)$/i.test(name)) return;
  const { rows } = await scratch.query<{ comment: string }>(
    `SELECT $2 || current_database() AS comment
      WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1)`,
    [name, madeFor],
  );
  const [row] = rows;
  if (row === undefined) return;
  const role = quoteIdentifier(name);
  // Another run may be making it at this moment.
  await scratch.query(`DO $do$ BEGIN
    CREATE ROLE ${role} NOLOGIN;
    COMMENT ON ROLE ${role} IS ${quoteLiteral(row.comment)};
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$`);
}

/**
 * Drops the roles that were made for databases that are gone, those of runs that were cut off among them. One that a
 * running one uses as well stays until that ends.
 */
export async function dropProvidedRoles(server: Session): Promise<void> {
  const { rows } = await server.query<{ name: string }>(
    `SELECT r.rolname AS name
       FROM pg_catalog.pg_roles r
       JOIN pg_catalog.pg_shdescription d
         ON d.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.objoid = r.oid
      WHERE starts_with(d.description, $1)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_database b WHERE $1 || b.datname = d.description)
      ORDER BY 1`,
    [madeFor],
  );
  for (const { name } of rows)
    try {
      await server.query(`DROP ROLE IF EXISTS ${quoteIdentifier(name)}`);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.sqlstate !== sqlstates.dependentObjects) throw error;
    }
}
