// History: the catalogue read after each migration, and what each of them made.
import { type Catalog, emptyCatalog, type MigrationId, type Provenance } from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import { readCatalogInTransaction } from '../introspect/read-catalog-in-transaction.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { addProvenance } from './provenance.ts';

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
  let { catalog, provenance } = from;
  return {
    async note(id) {
      const after = await readNow(session, ownSchemas);
      provenance = addProvenance(provenance, id, catalog, after);
      catalog = after;
    },
    get catalog() {
      return catalog;
    },
    get provenance() {
      return provenance;
    },
  };
}

/** In the transaction that is open, or in one of its own. */
async function readNow(session: Session, ownSchemas: readonly string[]): Promise<Catalog> {
  try {
    return (await readCatalogInTransaction(session, { ownSchemas })).catalog;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.sqlstate !== '25P01') throw error;
    return (await readCatalog(session, { ownSchemas })).catalog;
  }
}
