// provideRole: makes a role that something names, where the scratch server has none of that name.
import { quoteIdentifier } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';

/** Names of nobody in particular (`PUBLIC`, `current_user`) are no roles. */
export async function provideRole(name: string, scratch: Session): Promise<void> {
  if (/^(public|current_user|current_role|session_user)$/i.test(name)) return;
  const { rows } = await scratch.query('SELECT FROM pg_catalog.pg_roles WHERE rolname = $1', [name]);
  if (rows.length === 0) await scratch.query(`CREATE ROLE ${quoteIdentifier(name)} NOLOGIN`);
}
