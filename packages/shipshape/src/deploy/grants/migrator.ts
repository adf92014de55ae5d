// Migrator: the connected role, which is to apply migrations.
import type { Session } from '../../postgres/session.ts';

export interface Migrator {
  readonly role: string;
  readonly database: string;
  readonly superuser: boolean;
  /** Of the database: may it make schemas and trusted extensions? */
  readonly create: boolean;
  /** Has without asking what the roles have that it is a member of. */
  readonly inherits: boolean;
  /** Where it makes what is named without a schema; null where search_path leads nowhere. */
  readonly first: string | null;
}

export async function readMigrator(session: Session): Promise<Migrator> {
  const { rows } = await session.query<Migrator>(
    `SELECT r.rolname::text AS role, current_database()::text AS database, r.rolsuper AS superuser,
            pg_catalog.has_database_privilege(current_database(), 'CREATE') AS "create",
            r.rolinherit AS inherits, current_schema()::text AS first
       FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`,
  );
  return rows[0] as Migrator;
}
