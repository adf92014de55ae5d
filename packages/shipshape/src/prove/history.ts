// History: the whole catalogue read after each migration, and what each of them made.
import {
  type Catalog,
  emptyCatalog,
  indexByKey,
  type MigrationId,
  type Provenance,
} from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import { readCatalogInTransaction } from '../introspect/read-catalog-in-transaction.ts';
import type { Reading } from '../introspect/reading.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { Makers } from './provenance.ts';

const nothing = { catalog: emptyCatalog, provenance: {} };

export interface History {
  /** To be called after each migration. */
  note(id: MigrationId): Promise<void>;
  readonly catalog: Catalog;
  readonly provenance: Provenance;
}

/** `from`: what is there already, and who made it. */
export function beginHistory(
  session: Session,
  ownSchemas: readonly string[],
  from: { readonly catalog: Catalog; readonly provenance: Provenance } = nothing,
): History {
  const makers = new Makers(from.provenance);
  let { catalog } = from;
  return {
    async note(id) {
      const { catalog: after } = await readNow(session, ownSchemas);
      makers.add(id, indexByKey(catalog), indexByKey(after));
      catalog = after;
    },
    get catalog() {
      return catalog;
    },
    get provenance() {
      return makers.provenance;
    },
  };
}

/** In the transaction that is open, or in one of its own. */
export async function readNow(session: Session, ownSchemas: readonly string[]): Promise<Reading> {
  try {
    return await readCatalogInTransaction(session, { ownSchemas });
  } catch (error) {
    if (!isOutside(error)) throw error;
    return readCatalog(session, { ownSchemas });
  }
}

/** Of a statement that only a transaction takes. */
export function isOutside(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlstate === sqlstates.noActiveSqlTransaction;
}
