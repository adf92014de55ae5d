// readGrantsForMigrating: what the connected role lacks that `migrate` needs.
import { quoteIdentifier, quoteQualified } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import { type Grant, makeGrants } from './grant.ts';
import type { Migrator } from './migrator.ts';
import { readGrantsOfOwners } from './of-owners.ts';
import type { Touched } from './touched.ts';

/** `ownSchema`: we apply the migrations, and so the schema shipshape is made and written. */
export async function readGrantsForMigrating(
  session: Session,
  migrator: Migrator,
  touched: Touched,
  ownSchema: boolean,
): Promise<readonly Grant[]> {
  if (migrator.superuser) return [];
  const { role, database, create } = migrator;
  const schemas = new Set([...touched.schemas, migrator.first ?? 'public']);
  const places = await readPlaces(session, [...schemas, ...touched.makes.schemas, own]);
  const isMade = places.some(({ name }) => name === own);
  const makes =
    (ownSchema && !isMade) ||
    touched.makes.schemas.some((schema) => places.every(({ name }) => name !== schema)) ||
    (await lacksExtension(session, touched.makes.extensions));
  const lackOf = (place: Place, creates = true) => ({
    thing: quoteIdentifier(place.name),
    rights: [...(place.usage ? [] : ['USAGE']), ...(place.create || !creates ? [] : ['CREATE'])],
  });
  const others = places.filter(({ name }) => name !== own && schemas.has(name));
  const mine = ownSchema ? places.filter(({ name }) => name === own) : [];
  const tables = mine.length === 0 ? [] : await readOwnTables(session);
  return [
    ...makeGrants(role, 'DATABASE', [
      { thing: quoteIdentifier(database), rights: makes && !create ? ['CREATE'] : [] },
    ]),
    // A schema that somebody has made beforehand is filled by the first run.
    ...makeGrants(role, 'SCHEMA', [
      ...others.map((place) => lackOf(place)),
      ...mine.map((place) => lackOf(place, tables.length < ownTables.length)),
    ]),
    ...makeGrants(
      role,
      'TABLE',
      tables.map(({ name, rights }) => ({ thing: quoteQualified(own, name), rights })),
    ),
    ...(await readGrantsOfOwners(session, migrator, touched.things)),
  ];
}

const own = 'shipshape';
const ownTables = ['ledger', 'step', 'lease', 'fence'];

interface Place {
  readonly name: string;
  readonly usage: boolean;
  readonly create: boolean;
}

/** Those of the schemas that are there. */
async function readPlaces(session: Session, names: readonly string[]): Promise<readonly Place[]> {
  const { rows } = await session.query<Place>(
    `SELECT nspname::text AS name, pg_catalog.has_schema_privilege(oid, 'USAGE') AS usage,
            pg_catalog.has_schema_privilege(oid, 'CREATE') AS "create"
       FROM pg_catalog.pg_namespace WHERE nspname = ANY ($1::name[]) ORDER BY nspname COLLATE "C"`,
    [names],
  );
  return rows;
}

/** Only of those that the server could install. */
async function lacksExtension(session: Session, names: readonly string[]): Promise<boolean> {
  const { rows } = await session.query(
    `SELECT FROM pg_catalog.pg_available_extensions WHERE name = ANY ($1::name[]) AND installed_version IS NULL`,
    [names],
  );
  return rows.length > 0;
}

/** Those of ours that are there, with what the role lacks on each. */
async function readOwnTables(
  session: Session,
): Promise<readonly { readonly name: string; readonly rights: readonly string[] }[]> {
  const { rows } = await session.query<{ name: string; rights: readonly string[] }>(
    `SELECT c.relname::text AS name, ARRAY(
              SELECT may FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY AS r (may, at)
               WHERE NOT pg_catalog.has_table_privilege(c.oid, may) ORDER BY at) AS rights
       FROM pg_catalog.pg_class c
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = ANY ($2::name[]) AND c.relkind = 'r'
      ORDER BY pg_catalog.array_position($2::name[], c.relname)`,
    [own, ownTables],
  );
  return rows;
}
