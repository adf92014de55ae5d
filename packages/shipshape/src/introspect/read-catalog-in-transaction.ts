// readCatalogInTransaction: the catalogue as an open transaction sees it, its own uncommitted changes included.
import type { Session } from '../postgres/session.ts';
import { insist } from './insist.ts';
import { isStamped, readOnce } from './read-once.ts';
import type { Reading, Scope } from './reading.ts';

/**
 * As `readCatalog`, in the transaction that the session is in, which goes on as it was: settings too. In a repeatable
 * read transaction changes that others commit meanwhile cannot be noticed.
 * Throws what `readCatalog` throws, and DatabaseError 25P01 when no transaction is open.
 */
export function readCatalogInTransaction(session: Session, scope: Scope = {}): Promise<Reading> {
  return insist(session, async (count) => {
    await session.query('SAVEPOINT shipshape_reading');
    try {
      return await readOnce(session, scope, isStamped(scope, count));
    } finally {
      // Rolled back, not released: that restores the settings, and revives a transaction whose look failed.
      await session.query('ROLLBACK TO SAVEPOINT shipshape_reading; RELEASE SAVEPOINT shipshape_reading');
    }
  });
}
