// readGrantsOfFuture: what covers the tables that the next migrations make, as soon as they are made.
import { quoteIdentifier } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { AppRole } from './app-role.ts';
import type { Grant } from './grant.ts';

const wanted = [
  { letter: 'r', kind: 'TABLES', rights: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  { letter: 'S', kind: 'SEQUENCES', rights: ['USAGE'] },
] as const;

/** What default privileges of the migrating role lack in the schemas that are there; those of all schemas count (manual, ALTER DEFAULT PRIVILEGES). */
export async function readGrantsOfFuture(
  session: Session,
  migrator: string,
  { name, exists, who }: AppRole,
  schemas: readonly string[],
): Promise<readonly Grant[]> {
  const { rows } = await session.query<{ schema: string; letter: string; rights: readonly string[] }>(
    `SELECT n.nspname::text AS schema, w.letter, pg_catalog.array_agg(w.may ORDER BY w.at) AS rights
       FROM pg_catalog.pg_namespace n
      CROSS JOIN unnest($3::text[], $4::text[]) WITH ORDINALITY AS w (letter, may, at)
      WHERE n.nspname = ANY ($1::name[])
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_default_acl d
           CROSS JOIN pg_catalog.aclexplode(d.defaclacl) AS x
           WHERE d.defaclrole = $2::text::regrole AND d.defaclnamespace IN (0, n.oid) AND d.defaclobjtype::text = w.letter
             AND x.privilege_type = w.may
             AND CASE WHEN x.grantee = 0 THEN true WHEN $5 THEN pg_catalog.pg_has_role($6::name, x.grantee, 'USAGE') ELSE false END)
      GROUP BY n.nspname, w.letter ORDER BY n.nspname COLLATE "C"`,
    [
      schemas,
      quoteIdentifier(migrator),
      wanted.flatMap(({ letter, rights }) => rights.map(() => letter)),
      wanted.flatMap(({ rights }) => [...rights]),
      exists,
      who,
    ],
  );
  return wanted.flatMap(({ letter, kind }) => {
    const places = new Map<string, string[]>();
    for (const { schema, rights } of rows.filter((row) => row.letter === letter)) {
      const told = rights.join(', ');
      places.set(told, [...(places.get(told) ?? []), quoteIdentifier(schema)]);
    }
    return [...places].map(([rights, where]) => ({
      role: name,
      sql: `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdentifier(migrator)} IN SCHEMA ${where.join(', ')} GRANT ${rights} ON ${kind} TO ${quoteIdentifier(name)};`,
    }));
  });
}
