// makeForeignUndoBook: the table of the folder's own tool read backwards: what it has is pending, and an entry takes its row away.
import { quoteQualified } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Book } from '../book.ts';
import type { Folder } from '../folder.ts';
import { notItsTransaction } from '../not-its-transaction.ts';
import { forgetSteps, undone } from '../undo-book.ts';
import { isIn, makeForeignBook, wasWritten } from './foreign-book.ts';
import { readKnown } from './read-foreign-ledger.ts';
import { ledgerWriters } from './writers.ts';

/** For migrations that `makeUndoing` has made. Null where the tool knows no way back. */
export async function makeForeignUndoBook(folder: Folder, table: string | null): Promise<Book | null> {
  const writer = folder.format === 'scripts' ? undefined : ledgerWriters[folder.tool ?? ''];
  const book = await makeForeignBook(folder, table);
  const remove = writer?.remove;
  if (book === null || remove === undefined) return null;
  const known = await readKnown(folder);
  const read = (session: Session) => book.readHistory(session, folder.migrations, '');
  return {
    inLedger: false,
    async readHistory(session, migrations) {
      const history = await read(session);
      const there = new Set(history.applied.map(({ id }) => id));
      return { ...history, pending: migrations.filter((each) => there.has(undone(each))) };
    },
    async enter(session, migration) {
      if (writer?.lockKey !== undefined)
        await session.query('SELECT pg_advisory_xact_lock($1::bigint)', [writer.lockKey]);
      const { applied, foreign } = await read(session);
      if (applied.some(({ id }) => id === undone(migration))) return;
      const data = { migration: undone(migration), tool: folder.tool ?? '', table: foreign?.table ?? '' };
      throw new ShipshapeError([
        makeFinding('migration-taken-by-tool', { ...data, did: 'undid' }, { migration: undone(migration) }),
      ]);
    },
    async write(session, entry) {
      if (!(await isIn(session, entry))) throw notItsTransaction();
      const { scope, migration, xid } = entry;
      await session.query(forgetSteps, [scope, undone(migration), migration.id, xid]);
      const { foreign } = await read(session);
      const file = known.find(({ id }) => id === undone(migration));
      if (foreign?.place == null || file === undefined) throw new Error(`${migration.id} has no row`);
      const { schema, name } = foreign.place;
      const { text, values } = remove(file);
      const { rowCount } = await session.query(`DELETE FROM ${quoteQualified(schema, name)} ${text}`, values);
      if (rowCount === 0) throw new Error(`the row of ${file.id} was not found in ${foreign.table}`);
    },
    wasWritten,
  };
}
