// AppRole: the role that the application connects as, which need not be there yet.
import type { Session } from '../../postgres/session.ts';

export interface AppRole {
  readonly name: string;
  readonly exists: boolean;
  /** Whose rights are looked at: a role that is made has from the beginning what everybody has. */
  readonly who: string;
  readonly superuser: boolean;
  /** Has all that the connected role has. */
  readonly migrates: boolean;
}

export async function readAppRole(session: Session, name: string): Promise<AppRole> {
  const { rows } = await session.query<{ superuser: boolean; migrates: boolean }>(
    `SELECT rolsuper AS superuser, pg_catalog.pg_has_role(oid, current_user, 'USAGE') AS migrates
       FROM pg_catalog.pg_roles WHERE rolname = $1`,
    [name],
  );
  const [found] = rows;
  if (found === undefined) return { name, exists: false, who: 'public', superuser: false, migrates: false };
  return { name, exists: true, who: name, ...found };
}
