// readMissingGrants: what the migrating role and the application's lack in this database, as statements to be run.
import type { Catalog, TableName } from '../../catalog/index.ts';
import type { Need } from '../../need/need.ts';
import type { Session } from '../../postgres/session.ts';
import type { Severities } from '../../report/index.ts';
import { readGrantsForApp } from './for-app.ts';
import { readGrantsForMigrating } from './for-migrating.ts';
import type { Grant } from './grant.ts';
import { readMigrator } from './migrator.ts';
import { touchedBy, touchedFor } from './touched.ts';

export interface GrantsAsked {
  /** The application's role; null where none is named. */
  readonly appRole: string | null;
  /** What all migrations build; null where no snapshot tells it. */
  readonly migrated: Catalog | null;
  /** What the code needs; null where neither a snapshot nor models tell it. */
  readonly need: Need | null;
  /** The connected role is to apply migrations. */
  readonly migrates: boolean;
  /** The schema shipshape is made and written on the way. */
  readonly ownSchema: boolean;
  /** The table of another tool that says what is applied; null where that is ours, or there is none yet. */
  readonly foreignLedger: TableName | null;
  readonly severities?: Severities | undefined;
}

const nothing: Need = { tables: [], enums: [] };

/**
 * Reads only. In the order in which they can be run, by a superuser or by who owns the things and the roles. Rights that come
 * by membership or that everybody has are not missing. Where the connected role is the application's, only what the code
 * needs is judged.
 */
export async function readMissingGrants(session: Session, asked: GrantsAsked): Promise<readonly Grant[]> {
  const { appRole, migrated, migrates, ownSchema, foreignLedger, severities } = asked;
  const need = asked.need ?? nothing;
  const migrator = await readMigrator(session);
  const at = placed(need, migrator.first);
  const touched = migrated === null ? touchedFor(need) : touchedBy(migrated);
  const schemas = [...new Set(touched.schemas.map(at))].sort();
  const things = foreignLedger === null ? touched.things : [...touched.things, foreignLedger];
  const ledger = foreignLedger ?? { schema: 'shipshape', name: 'ledger' };
  return [
    ...(migrates && migrator.role !== appRole
      ? await readGrantsForMigrating(session, migrator, { ...touched, schemas, things }, ownSchema)
      : []),
    ...(appRole === null
      ? []
      : await readGrantsForApp(session, migrator, { role: appRole, need, ledger, severities, at })),
  ];
}

/** What the code names without a schema a snapshot has in `public`; here the migrations make it where search_path leads first. */
function placed({ tables }: Need, first: string | null): (schema: string) => string {
  const inPublic = tables.filter(({ schema }) => schema === 'public');
  const moves = first !== null && inPublic.length > 0 && inPublic.every(({ unqualified }) => unqualified);
  return (schema) => (moves && schema === 'public' ? first : schema);
}
