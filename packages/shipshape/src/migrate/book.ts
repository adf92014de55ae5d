// Book: where it is written which migrations are applied: our own ledger, or the table of the folder's own tool.
import type { Session } from '../postgres/session.ts';
import type { Flight } from './flight.ts';
import type { History, Migration } from './migration.ts';

/** What is written of a migration that is applied. */
export interface BookEntry {
  readonly scope: string;
  readonly migration: Migration;
  /** `process 4711 on build-7` */
  readonly runner: string;
  readonly runId: string;
  readonly token: string;
  /** Of the transaction that holds the entry; null where it was sent before that was known. */
  readonly xid: string | null;
  /** Our own statements are prepared in the session that it is written in. */
  readonly prepared: boolean;
}

export interface Book {
  /** Entries are rows of shipshape.ledger, where the fence of the next transaction sees them; and `enter` asks nothing. */
  readonly inLedger: boolean;
  /** Reads only. Throws ShipshapeError (exit 4) where the role may not read it. */
  readHistory(session: Session, migrations: readonly Migration[], scope: string): Promise<History>;
  /**
   * First in the transaction that an entry is going to be written in: keeps the tool's own runner out while it lasts. Rejects
   * with 55P03 while that one is at work, and with ShipshapeError when it has been there since the history was read.
   */
  enter(session: Session, migration: Migration): Promise<void>;
  /**
   * Last in that transaction, and may be left in flight. Rejects with `notItsTransaction` when this is another than `xid`:
   * nothing is written then.
   */
  write(session: Session, entry: BookEntry, flight: Flight): Promise<void>;
  /** Whether that transaction was committed; asked on another session, when the one that held it is gone. */
  wasWritten(session: Session, entry: BookEntry): Promise<boolean>;
}
