// readAccess: what a role that is not the connected one may do with tables and views.
import type { TableAccess } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';
import { parseAccess, rightsOf, someColumnsOf } from './queries/relations.ts';

export interface AccessOf {
  readonly schema: string;
  readonly name: string;
  readonly access: TableAccess;
}

/** `role`: one that exists, or `public` for what everybody may. Memberships count: the server itself is asked. */
export async function readAccess(
  session: Session,
  role: string,
  names: readonly { readonly schema: string; readonly name: string }[],
): Promise<readonly AccessOf[]> {
  const { rows } = await session.query<{
    schema: string;
    name: string;
    letters: string;
    columns: string | null;
  }>(
    `SELECT n.nspname::text AS schema, r.relname::text AS name,
            ${rightsOf('$1::name, ')} AS letters,
            (${someColumnsOf('$1::name, ')})::text AS columns
       FROM unnest($2::name[], $3::name[]) AS asked (schema, name)
       JOIN pg_catalog.pg_namespace n ON n.nspname = asked.schema
       JOIN pg_catalog.pg_class r ON r.relnamespace = n.oid AND r.relname = asked.name`,
    [role, names.map(({ schema }) => schema), names.map(({ name }) => name)],
  );
  return rows.map(({ schema, name, letters, columns }) => ({
    schema,
    name,
    access: parseAccess(letters, columns),
  }));
}
