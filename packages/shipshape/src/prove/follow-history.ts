// followHistory: what each migration made, by looking after each only at what it changed.
import type { CatalogObject, MigrationId, Provenance, SealedTables, TableName } from '../catalog/index.ts';
import { type Follower, followCatalog } from '../introspect/follow-catalog.ts';
import { ownTransaction, savepoint } from '../introspect/frame.ts';
import { sealTables } from '../introspect/seal-tables.ts';
import { connect } from '../postgres/connect.ts';
import type { Session } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { isOutside } from './history.ts';
import { Makers } from './provenance.ts';

export interface FollowedHistory {
  /** To be called after each migration that had transactions of its own. */
  note(id: MigrationId): Promise<void>;
  /** To be called before a migration that is a part of the transaction that is open. */
  beginPart(): Promise<Part>;
  /** All was rolled back. */
  restart(): void;
  readonly provenance: Provenance;
  /** Of the migrations that were noted in transactions of their own, where `sealing`. */
  readonly made: ReadonlyMap<MigrationId, SealedTables>;
  close(): Promise<void>;
}

export interface Part {
  /** To be called after it. */
  note(id: MigrationId): Promise<void>;
}

/** More of them are read by the runner as fast as they are named. */
const mostSealed = 100;

/**
 * Looks come from a session of their own, which keeps its prepared statements whatever the files do to theirs; from
 * that of the files where they left a transaction open.
 */
export async function followHistory(
  database: Session & { readonly target: Target },
  ownSchemas: readonly string[],
  sealing: boolean,
): Promise<FollowedHistory> {
  const reader = await connect(database.target, { applicationName: 'shipshape:scratch' });
  let makers = new Makers();
  let follower = followCatalog(ownSchemas);
  let parts = 0;
  const made = new Map<MigrationId, SealedTables>();
  const add = async (id: MigrationId, looking: ReturnType<Follower['look']>) => {
    const changes = await looking;
    makers.add(id, changes.before, changes.after);
    return changes;
  };

  async function seal(
    id: MigrationId,
    { before, after }: Awaited<ReturnType<Follower['look']>>,
  ): Promise<void> {
    const tables = [...before.values(), ...after.values()].flatMap((object) => tableOf(object) ?? []);
    const sought = {
      schemas: [...new Set(tables.map(({ schema }) => schema))].sort(),
      tables: [...new Set(tables.map(({ name }) => name))].sort(),
    };
    if (tables.length > 0 && sought.tables.length <= mostSealed)
      made.set(id, await sealTables(reader, sought));
  }

  /** Rows of one transaction bear one number, whichever file has written them. */
  async function noteOpen(id: MigrationId): Promise<void> {
    follower.forget();
    await add(id, follower.look(database, savepoint));
    follower.forget();
  }

  async function note(id: MigrationId): Promise<void> {
    if (await isInTransaction(database)) return noteOpen(id);
    const changes = await add(id, follower.look(reader, ownTransaction));
    if (sealing) await seal(id, changes);
  }

  async function noteFirst(id: MigrationId): Promise<void> {
    if (await isInTransaction(database)) await add(id, follower.look(database, savepoint));
    else await note(id);
  }

  return {
    note,
    async beginPart() {
      parts += 1;
      // The first one needs none, and may have to be the first of its transaction (SET TRANSACTION).
      if (parts === 1) return { note: noteFirst };
      if (!(await isInTransaction(database))) return { note };
      const begun = await readTransaction(database, 'pg_current_xact_id');
      await database.query('SAVEPOINT shipshape_file');
      return {
        async note(id) {
          // A file may say COMMIT.
          if ((await readTransaction(database, 'pg_current_xact_id_if_assigned')) !== begun) return note(id);
          await add(id, follower.look(database, savepoint));
          await database.query('RELEASE SAVEPOINT shipshape_file');
        },
      };
    },
    restart() {
      makers = new Makers();
      follower = followCatalog(ownSchemas);
      parts = 0;
      made.clear();
    },
    get provenance() {
      return makers.provenance;
    },
    made,
    close: () => reader.close(),
  };
}

function tableOf(object: CatalogObject): TableName | null {
  if (object.kind === 'table') return { schema: object.schema, name: object.name };
  return 'table' in object && 'schema' in object ? { schema: object.schema, name: object.table } : null;
}

async function isInTransaction(session: Session): Promise<boolean> {
  try {
    await session.query('SAVEPOINT shipshape_look; RELEASE SAVEPOINT shipshape_look');
    return true;
  } catch (error) {
    if (!isOutside(error)) throw error;
    return false;
  }
}

async function readTransaction(
  session: Session,
  ask: 'pg_current_xact_id' | 'pg_current_xact_id_if_assigned',
): Promise<string | undefined> {
  const { rows } = await session.query<{ id: string }>(`SELECT pg_catalog.${ask}()::text AS id`);
  return rows[0]?.id;
}
