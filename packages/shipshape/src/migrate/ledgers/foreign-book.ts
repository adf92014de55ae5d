// makeForeignBook: the table of the folder's own tool, written as that tool writes it.
import { type MigrationId, quoteIdentifier, quoteQualified } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Book, BookEntry } from '../book.ts';
import type { Folder } from '../folder.ts';
import type { History, Migration } from '../migration.ts';
import { notItsTransaction } from '../not-its-transaction.ts';
import { displayPath } from '../place.ts';
import type { ForeignLedger, Hindrance, KnownFile, LedgerPlace } from './foreign-ledger.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { leftNothing } from './left-nothing.ts';
import { partsOf, readForeignLedger, readKnown, shown } from './read-foreign-ledger.ts';
import { ledgerRules } from './rules.ts';
import { ledgerWriters } from './writers.ts';

/**
 * `table`: as in `readForeignLedger`. Null where the tool's ledger is not known. That of a folder of programs is only read: what is in
 * them its own tool runs, and writes.
 */
export async function makeForeignBook(folder: Folder, table: string | null): Promise<Book | null> {
  const tool = folder.tool ?? '';
  const writer = folder.format === 'scripts' ? undefined : ledgerWriters[tool];
  const rule = ledgerRules.find((each) => each.tool === tool);
  if (rule === undefined) return null;
  const known = await readKnown(folder);
  const [name, schema] = partsOf(table ?? rule.table);
  const read = async (session: Session) => {
    const reading = await readForeignLedger(session, folder, table, known);
    if (reading.kind === 'read')
      return { ...reading.ledger, hindered: await judge(session, folder, reading.ledger) };
    const { because, missing } = reading;
    if (!missing) throw unread(folder, because);
    const place = await placeFor(session, { name, schema: schema ?? writer?.schema ?? rule.schema });
    return { ...nothing, tool, table: shown(place), command: folder.command, place: null, toMake: place };
  };
  return {
    inLedger: false,
    readHistory: async (session) => historyOf(folder, await read(session)),
    async enter(session, migration) {
      if (writer?.lockKey !== undefined)
        await session.query('SELECT pg_advisory_xact_lock($1::bigint)', [writer.lockKey]);
      assertUntouched(folder, migration, await read(session));
    },
    async write(session, entry) {
      if (!(await isIn(session, entry))) throw notItsTransaction();
      const ledger = await read(session);
      const file = known.find(({ id }) => id === entry.migration.id);
      if (file === undefined || writer === undefined) throw new Error(`${tool} writes its rows itself`);
      const place = 'toMake' in ledger ? await make(session, writer, ledger.toMake, file) : ledger.place;
      if (place === null) throw new Error(`${ledger.table} has no place`);
      await append(session, writer, place, file);
    },
    wasWritten,
  };
}

const nothing = {
  entries: [],
  edited: new Set<MigrationId>(),
  hindered: new Map<MigrationId, Hindrance>(),
} as const;

function historyOf({ migrations }: Folder, ledger: ForeignLedger): History {
  const applied = new Set(ledger.entries.map(({ id }) => id));
  return {
    applied: ledger.entries,
    pending: migrations.filter(({ id }) => !applied.has(id)),
    ledgerFound: ledger.place !== null,
    foreign: ledger,
  };
}

/** What failed and has left nothing may be applied. */
async function judge(
  session: Session,
  { migrations }: Folder,
  { hindered }: ForeignLedger,
): Promise<ReadonlyMap<MigrationId, Hindrance>> {
  const judged = new Map(hindered);
  for (const [id, hindrance] of hindered) {
    const migration = migrations.find((each) => each.id === id);
    if (migration === undefined || hindrance.state !== 'failed') continue;
    const why = await leftNothing(session, migration);
    if (why !== null) judged.set(id, { ...hindrance, leftNothing: why });
  }
  return judged;
}

/** Under the tool's own lock, so that what is seen is what it has left. */
function assertUntouched({ tool }: Folder, { id }: Migration, ledger: ForeignLedger): void {
  const hindrance = ledger.hindered.get(id);
  const failed = hindrance?.state === 'failed' && hindrance.leftNothing === undefined;
  if (!failed && ledger.entries.every((each) => each.id !== id)) return;
  const data = {
    migration: id,
    tool: tool ?? '',
    table: ledger.table,
    did: failed ? ('failed in' as const) : ('applied' as const),
  };
  throw new ShipshapeError([makeFinding('migration-taken-by-tool', data, { migration: id })]);
}

function unread({ path, tool }: Folder, because: string): ShipshapeError {
  return new ShipshapeError([
    makeFinding('foreign-ledger-unread', { folder: displayPath(path), tool, because }),
  ]);
}

async function placeFor(
  session: Session,
  { name, schema }: { readonly name: string; readonly schema: string | null },
): Promise<LedgerPlace> {
  if (schema !== null) return { schema, name, columns: [] };
  const { rows } = await session.query<{ first: string | null }>('SELECT current_schema() AS first');
  return { schema: rows[0]?.first ?? 'public', name, columns: [] };
}

export async function isIn(session: Session, { xid }: BookEntry): Promise<boolean> {
  const { rows } = await session.query<{ same: boolean | null }>(
    'SELECT pg_current_xact_id_if_assigned()::text = $1 AS same',
    [xid],
  );
  return rows[0]?.same === true;
}

async function make(
  session: Session,
  writer: LedgerWriter,
  { schema, name }: LedgerPlace,
  file: KnownFile,
): Promise<LedgerPlace> {
  const table = quoteQualified(schema, name);
  if (writer.makesSchema) await session.query(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`);
  await session.query(`CREATE TABLE ${table} ${writer.table(file)}`);
  const { first } = writer;
  if (first !== undefined) await session.query(`INSERT INTO ${table} ${first.text}`, first.values);
  const { rows } = await session.query<{ columns: readonly string[] }>(
    `SELECT array_agg(attname::text) AS columns FROM pg_catalog.pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  return { schema, name, columns: rows[0]?.columns ?? [] };
}

async function append(
  session: Session,
  { row, supersede }: LedgerWriter,
  { schema, name, columns }: LedgerPlace,
  file: KnownFile,
): Promise<void> {
  const table = quoteQualified(schema, name);
  if (supersede !== undefined) await session.query(`UPDATE ${table} ${supersede}`, [file.id]);
  const { text, values } = row(file, new Set(columns));
  await session.query(`INSERT INTO ${table} ${text}`, values);
}

/** The tool's row does not say which run wrote it; the server remembers what became of the transaction. */
export async function wasWritten(session: Session, { xid }: BookEntry): Promise<boolean> {
  const { rows } = await session.query<{ status: string | null }>(
    'SELECT pg_xact_status($1::text::xid8) AS status',
    [xid],
  );
  return rows[0]?.status === 'committed';
}
