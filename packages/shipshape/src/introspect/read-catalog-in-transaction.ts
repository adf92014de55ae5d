// readCatalogInTransaction: the catalogue as an open transaction sees it, its own uncommitted changes included.
import type { Session } from '../postgres/session.ts';
import { savepoint } from './frame.ts';
import { insist } from './insist.ts';
import { readOnce, watchFor } from './read-once.ts';
import type { Reading, Scope } from './reading.ts';

/**
 * As `readCatalog`, in the transaction that the session is in, which goes on as it was: settings too. In a repeatable
 * read transaction changes that others commit meanwhile cannot be noticed.
 * Throws what `readCatalog` throws, and DatabaseError 25P01 when no transaction is open.
 */
export function readCatalogInTransaction(session: Session, scope: Scope = {}): Promise<Reading> {
  return insist(session, (count) => readOnce(session, scope, watchFor(scope, count), savepoint));
}
