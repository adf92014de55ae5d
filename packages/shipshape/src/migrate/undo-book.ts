// undoBook: the ledger read backwards: what is applied is pending, and an entry takes the migration's row away.
import type { Session } from '../postgres/session.ts';
import type { Book, BookEntry } from './book.ts';
import { ownBook } from './ledger.ts';
import type { Migration } from './migration.ts';
import { notItsTransaction } from './not-its-transaction.ts';

const ending = '.down';

/** Run in a migration's place: what it does is journalled and told under a name of its own. */
export function makeUndoing(migration: Migration): Migration | null {
  const { id, down } = migration;
  return down === undefined ? null : { id: `${id}${ending}`, ...down };
}

/** What it undoes. */
export const undone = ({ id }: Migration): string => id.slice(0, -ending.length);

/** Of scope $1, what is journalled of $2 and of what undoes it, $3; in the transaction $4 alone. */
export const forgetSteps = `
  DELETE FROM shipshape.step WHERE scope = $1 AND migration IN ($2, $3)
    AND pg_current_xact_id_if_assigned()::text = $4`;

/** For migrations that `makeUndoing` has made. */
export const undoBook: Book = {
  inLedger: false,
  async readHistory(session, migrations, scope) {
    const history = await ownBook.readHistory(session, [], scope);
    const there = new Set(history.applied.map(({ id }) => id));
    return { ...history, pending: migrations.filter((each) => there.has(undone(each))) };
  },
  enter: async () => undefined,
  async write(session: Session, { scope, migration, xid }: BookEntry) {
    const { rowCount } = await session.query(
      `WITH steps AS (${forgetSteps})
       DELETE FROM shipshape.ledger
       WHERE scope = $1 AND id = $2 AND pg_current_xact_id_if_assigned()::text = $4`,
      [scope, undone(migration), migration.id, xid],
    );
    if (rowCount !== 1) throw notItsTransaction();
  },
  async wasWritten(session, { scope, migration }) {
    const { rows } = await session.query('SELECT FROM shipshape.ledger WHERE scope = $1 AND id = $2', [
      scope,
      undone(migration),
    ]);
    return rows.length === 0;
  },
};
