// readGrantsForApp: what the application's role lacks that its code and its gate need.
import { quoteIdentifier, quoteQualified, type TableName } from '../../catalog/index.ts';
import { readAccess } from '../../introspect/read-access.ts';
import type { Need } from '../../need/need.ts';
import type { Session } from '../../postgres/session.ts';
import type { Severities } from '../../report/index.ts';
import { readAppRole } from './app-role.ts';
import { readBehindTables } from './behind-tables.ts';
import { type Grant, makeGrants } from './grant.ts';
import type { Migrator } from './migrator.ts';
import { readGrantsOfFuture } from './of-future.ts';
import { readLacksOfTables } from './of-tables.ts';

export interface AppAsked {
  readonly role: string;
  readonly need: Need;
  /** Where it is written what is applied, which the gate reads. */
  readonly ledger: TableName;
  readonly severities: Severities | undefined;
  /** Where the migrations make what the code has in a schema. */
  readonly at: (schema: string) => string;
}

/** In an order in which they can be run. What is not there yet is covered by what comes last. */
export async function readGrantsForApp(
  session: Session,
  migrator: Migrator,
  { role, need, ledger, severities, at }: AppAsked,
): Promise<readonly Grant[]> {
  const app = await readAppRole(session, role);
  if (app.superuser) return [];
  const [ofLedger] = await readAccess(session, app.who, [ledger]);
  const { lacks, written, schemas } = await readLacksOfTables(session, app, need, severities);
  const behind = await readBehindTables(session, app.who, written);
  const used = [...new Set([...schemas, ...(ofLedger === undefined ? [] : [ledger.schema])])].sort();
  const future = [
    ...new Set([...need.tables.map(({ schema }) => at(schema)), migrator.first ?? 'public']),
  ].sort();
  const isSame = app.migrates || role === migrator.role;
  return [
    ...(app.exists ? [] : [{ role, sql: `CREATE ROLE ${quoteIdentifier(role)} LOGIN;` }]),
    ...makeGrants(role, 'DATABASE', [
      {
        thing: quoteIdentifier(migrator.database),
        rights: (await mayConnect(session, app.who)) ? [] : ['CONNECT'],
      },
    ]),
    ...makeGrants(
      role,
      'SCHEMA',
      (await closedTo(session, app.who, used)).map((name) => ({
        thing: quoteIdentifier(name),
        rights: ['USAGE'],
      })),
    ),
    ...makeGrants(role, 'TABLE', [
      ...lacks,
      {
        thing: quoteQualified(ledger.schema, ledger.name),
        rights: ofLedger === undefined || ofLedger.access.select ? [] : ['SELECT'],
      },
    ]),
    ...makeGrants(role, 'SEQUENCE', behind.sequences),
    ...makeGrants(role, 'FUNCTION', behind.functions),
    ...(isSame ? [] : await readGrantsOfFuture(session, migrator.role, app, future)),
  ];
}

async function mayConnect(session: Session, who: string): Promise<boolean> {
  const { rows } = await session.query<{ may: boolean }>(
    `SELECT pg_catalog.has_database_privilege($1::name, current_database(), 'CONNECT') AS may`,
    [who],
  );
  return rows[0]?.may === true;
}

/** Of the schemas those that the role may not use. */
async function closedTo(
  session: Session,
  who: string,
  schemas: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT nspname::text AS name FROM pg_catalog.pg_namespace
      WHERE nspname = ANY ($2::name[]) AND NOT pg_catalog.has_schema_privilege($1::name, oid, 'USAGE')
      ORDER BY nspname COLLATE "C"`,
    [who, schemas],
  );
  return rows.map(({ name }) => name);
}
