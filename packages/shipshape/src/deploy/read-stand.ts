// readStand: which migrations of a folder are applied in a database, by our ledger or its tool's.
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { Folder } from '../migrate/folder.ts';
import { readHistory } from '../migrate/ledger.ts';
import { makeForeignBook } from '../migrate/ledgers/foreign-book.ts';
import type { Hindrance } from '../migrate/ledgers/foreign-ledger.ts';
import { readForeignLedger } from '../migrate/ledgers/read-foreign-ledger.ts';
import type { History, Migration } from '../migrate/migration.ts';
import { displayPath } from '../migrate/place.ts';
import { type Begun, readBegun } from '../migrate/read-begun.ts';
import type { Session } from '../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { actOfFolder } from './act-of-folder.ts';
import type { Stand, StandRow } from './stand.ts';

export interface StandOptions {
  /** What the tool's ledger is called; null for its usual name. */
  readonly ledgerTable: string | null;
  /** What applies another tool's folder in our place. */
  readonly replay: ReplayCommand | undefined;
}

/** Reads only. Throws ShipshapeError `foreign-ledger-unread` (exit 4) where it cannot be told what is applied. */
export async function readStand(session: Session, folder: Folder, options: StandOptions): Promise<Stand> {
  const { migrations } = folder;
  if (folder.format !== 'shipshape') return readForeignStand(session, folder, options);
  return standOf(await readHistory(session, migrations), migrations, await readBegun(session));
}

/** By our own ledger. */
export function standOf(history: History, migrations: readonly Migration[], begun: readonly Begun[]): Stand {
  return {
    rows: withBegun(compareHistory(history, migrations), begun),
    read: 'the ledger',
    act: 'npx shipshape migrate',
    foreignLedger: null,
  };
}

function withBegun(rows: readonly StandRow[], begun: readonly Begun[]): readonly StandRow[] {
  return rows.map((row) => {
    const found = begun.find(({ migration }) => migration === row.id);
    if (row.state !== 'pending' || found === undefined) return row;
    const { done, open, rows: changed, since } = found;
    return { ...row, begun: { done, open, rows: changed, since } };
  });
}

async function readForeignStand(
  session: Session,
  folder: Folder,
  { ledgerTable, replay }: StandOptions,
): Promise<Stand> {
  const reading = await readForeignLedger(session, folder, ledgerTable);
  if (reading.kind === 'unread') {
    const { because } = reading;
    if (!reading.missing)
      throw new ShipshapeError([
        makeFinding('foreign-ledger-unread', {
          folder: displayPath(folder.path),
          tool: folder.tool,
          because,
        }),
      ]);
    const rows = folder.migrations.map(({ id }): StandRow => ({ id, state: 'pending', appliedAt: null }));
    const act = actOfFolder(folder, replay);
    return { rows, read: `the tables (${because})`, act, foreignLedger: null };
  }
  const { entries, edited, hindered, table: read, place: foreignLedger } = reading.ledger;
  const applied = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = folder.migrations.map(({ id }): StandRow => {
    const entry = applied.get(id);
    if (entry === undefined) return { id, state: hindered.get(id)?.state ?? 'pending', appliedAt: null };
    return { id, state: edited.has(id) ? 'edited' : 'applied', appliedAt: entry.appliedAt || null };
  });
  const stuck = rows.find(({ state }) => state === 'failed' || state === 'passed over');
  const act = actOfFolder(folder, replay, await hindranceOf(session, folder, ledgerTable, stuck));
  return { rows, read, act, foreignLedger };
}

/** As `migrate` sees it: whether anything is left of an attempt that failed. */
async function hindranceOf(
  session: Session,
  folder: Folder,
  table: string | null,
  stuck: StandRow | undefined,
): Promise<Hindrance | undefined> {
  if (stuck === undefined) return undefined;
  const book = await makeForeignBook(folder, table);
  const history = await book?.readHistory(session, folder.migrations, '');
  return history?.foreign?.hindered.get(stuck.id);
}

function compareHistory({ applied }: History, migrations: readonly Migration[]): readonly StandRow[] {
  const entries = new Map(applied.map((entry) => [entry.id, entry]));
  const files = new Set(migrations.map((each) => each.id));
  const rows = migrations.map(({ id, checksum }): StandRow => {
    const entry = entries.get(id);
    if (entry === undefined) return { id, state: 'pending', appliedAt: null };
    return { id, state: entry.checksum === checksum ? 'applied' : 'edited', appliedAt: entry.appliedAt };
  });
  const lost = applied.filter(({ id }) => !files.has(id));
  return [
    ...lost.map(({ id, appliedAt }): StandRow => {
      const newer = migrations.every((each) => each.id < id);
      return { id, state: newer ? 'of a newer release' : 'not in the folder', appliedAt };
    }),
    ...rows,
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}
