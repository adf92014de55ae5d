// readCatalog: what a live database holds, as far as this release of Shipshape knows its kinds.
import type { Session } from '../postgres/session.ts';
import { transaction } from '../postgres/transaction.ts';
import { insist } from './insist.ts';
import { readOnce } from './read-once.ts';
import type { Reading, Scope } from './reading.ts';

/**
 * Reads in a read-only transaction of its own; the session must not be in one. Ordinary and partitioned tables with
 * columns, keys, checks and indexes; enums; schemas. Objects of extensions and schemas of libraries are set aside.
 * A catalogue that changes meanwhile is read again, at most three times (pg_get_expr and the like print from the
 * current catalogue, not from a snapshot: manual 9.28.4 and 13.2).
 * Throws ShipshapeError `catalogue-torn`, `catalogue-unreadable`: exit 4, verdict *blind*.
 */
export function readCatalog(session: Session, scope: Scope = {}): Promise<Reading> {
  // Not repeatable read: its snapshot would hide the very changes that are looked for.
  return insist(session, () =>
    transaction(session, { readOnly: true, isolation: 'read committed' }, () => readOnce(session, scope)),
  );
}
