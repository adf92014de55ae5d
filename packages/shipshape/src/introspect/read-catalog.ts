// readCatalog: what a live database holds, as nouns of the catalog.
import type { Session } from '../postgres/session.ts';
import { explainingLocks, ownTransaction } from './frame.ts';
import { insist } from './insist.ts';
import { readOnce, watchFor } from './read-once.ts';
import type { Reading, Scope } from './reading.ts';

/**
 * Reads in a read-only transaction of its own; the session must not be in one. `scope.breadth` says how much: see
 * Breadth; what `catalog/` has no noun for is counted in `uncompared` where that is asked for. Objects of extensions,
 * temporary ones and schemas of libraries are set aside, and so is what PostgreSQL makes by itself: plpgsql, the indexes
 * of keys, functions of ranges, triggers of constraints, copies of triggers and foreign keys for partitions. PostgreSQL
 * 14 to 18.
 * A catalogue that changes meanwhile is read again, at most three times (pg_get_expr and the like print from the
 * current catalogue, not from a snapshot: manual 9.28.4 and 13.2).
 * Throws ShipshapeError `catalogue-torn`, `catalogue-unreadable`, `catalogue-locked`: exit 4, verdict *blind*.
 */
export function readCatalog(session: Session, scope: Scope = {}): Promise<Reading> {
  return explainingLocks(session, () =>
    insist(session, (count) => readOnce(session, scope, watchFor(scope, count), ownTransaction)),
  );
}
