// status: the files and the ledger side by side.
import type { Folder } from '../../migrate/folder.ts';
import { readHistory } from '../../migrate/ledger.ts';
import { readForeignLedger } from '../../migrate/ledgers/read-foreign-ledger.ts';
import type { History, Migration } from '../../migrate/migration.ts';
import { displayPath } from '../../migrate/place.ts';
import { type Begun, readBegun } from '../../migrate/read-begun.ts';
import { readFolder } from '../../migrate/read-folder.ts';
import { connect } from '../../postgres/connect.ts';
import type { Session } from '../../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Look } from '../../report/render/findings.ts';
import { makePaint } from '../../report/render/paint.ts';
import { align, count } from '../../report/render/wrap.ts';
import { readSnapshot } from '../../snapshot/read-snapshot.ts';
import { staleAgainstMigrations } from '../../snapshot/staleness.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations } from '../demand.ts';
import { openDatabase } from '../open-database.ts';

/** A ledger that knows migrations after the last file is that of a newer release: fine in a rolling deploy. */
const states = [
  'applied',
  'pending',
  'failed',
  'passed over',
  'edited',
  'not in the folder',
  'of a newer release',
] as const;
type State = (typeof states)[number];

const agreeing: readonly State[] = ['applied', 'of a newer release'];

interface Row {
  readonly id: string;
  readonly state: State;
  /** ISO 8601, server clock. */
  readonly appliedAt: string | null;
  /** What is done of one that is pending and not one transaction. */
  readonly begun?: Omit<Begun, 'migration'>;
}

interface Compared {
  readonly rows: readonly Row[];
  /** What was read: `the ledger`, `drizzle.__drizzle_migrations`. */
  readonly read: string;
  /** What applies what is pending. */
  readonly act: string;
}

/** Exit 1 when anything is pending, edited or missing: a script can ask whether there is something to do. */
export async function run(context: Context): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const { folder, format, snapshotFile } = demandMigrations(config);
  const read = await readFolder(folder, { format });
  const { migrations } = read;
  const snapshot = await describeSnapshot(snapshotFile, migrations);
  const database = await openDatabase(config, context);
  try {
    const session = await connect(database.target, { applicationName: 'shipshape:status' });
    try {
      const compared =
        read.format === 'shipshape'
          ? {
              rows: withBegun(
                compareHistory(await readHistory(session, migrations), migrations),
                await readBegun(session),
              ),
              read: 'the ledger',
              act: 'npx shipshape migrate',
            }
          : await compareForeign(session, read, config.ledger);
      const { rows } = compared;
      const agreed = rows.every(({ state }) => agreeing.includes(state));
      const target = database.target.display;
      return {
        exit: agreed ? 0 : 1,
        text: render(compared, snapshot, target, context.look),
        json: { version: 1, target, migrations: rows, snapshot },
      };
    } finally {
      await session.close();
    }
  } finally {
    await database.leave();
  }
}

function withBegun(rows: readonly Row[], begun: readonly Begun[]): readonly Row[] {
  return rows.map((row) => {
    const found = begun.find(({ migration }) => migration === row.id);
    if (row.state !== 'pending' || found === undefined) return row;
    const { done, open, rows: changed, since } = found;
    return { ...row, begun: { done, open, rows: changed, since } };
  });
}

/** `, 2 steps done since 2026-05-01T10:00:00Z, one begun` */
function renderBegun({ done, open, rows, since }: NonNullable<Row['begun']>): string {
  if (rows !== '0') return `, ${rows} rows changed since ${since}`;
  const parts = [
    done === 0 ? '' : `${count(done, 'step')} done`,
    open === 0 ? '' : `${open} begun and not done`,
  ];
  const told = parts.filter(Boolean).join(', ');
  return told === '' ? '' : `, ${told} since ${since}`;
}

/** Throws ShipshapeError `foreign-ledger-unread` (exit 4) where it cannot be told what is applied. */
async function compareForeign(session: Session, folder: Folder, table: string | null): Promise<Compared> {
  const reading = await readForeignLedger(session, folder, table);
  const act = folder.command ?? `apply it with ${folder.tool}`;
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
    const rows = folder.migrations.map(({ id }): Row => ({ id, state: 'pending', appliedAt: null }));
    return { rows, read: `the tables (${because})`, act };
  }
  const { entries, edited, hindered } = reading.ledger;
  const applied = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = folder.migrations.map(({ id }): Row => {
    const entry = applied.get(id);
    if (entry === undefined) return { id, state: hindered.get(id)?.state ?? 'pending', appliedAt: null };
    return { id, state: edited.has(id) ? 'edited' : 'applied', appliedAt: entry.appliedAt || null };
  });
  const [first] = [...hindered].filter(([id]) => rows.some((row) => row.id === id));
  return { rows, read: reading.ledger.table, act: first?.[1].act ?? act };
}

function compareHistory({ applied }: History, migrations: readonly Migration[]): readonly Row[] {
  const entries = new Map(applied.map((entry) => [entry.id, entry]));
  const files = new Set(migrations.map((each) => each.id));
  const rows = migrations.map(({ id, checksum }): Row => {
    const entry = entries.get(id);
    if (entry === undefined) return { id, state: 'pending', appliedAt: null };
    return { id, state: entry.checksum === checksum ? 'applied' : 'edited', appliedAt: entry.appliedAt };
  });
  const lost = applied.filter(({ id }) => !files.has(id));
  return [
    ...lost.map(({ id, appliedAt }): Row => {
      const newer = migrations.every((each) => each.id < id);
      return { id, state: newer ? 'of a newer release' : 'not in the folder', appliedAt };
    }),
    ...rows,
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function describeSnapshot(
  file: string,
  migrations: readonly Migration[],
): Promise<'current' | 'stale' | 'missing'> {
  const reading = await readSnapshot(file);
  if (reading.kind === 'missing') return 'missing';
  return staleAgainstMigrations(reading.snapshot, migrations).length === 0 ? 'current' : 'stale';
}

function render(
  { rows, read, act: apply }: Compared,
  snapshot: string,
  target: string,
  { colour }: Look,
): string {
  const paint = makePaint(colour);
  const of = (wanted: State) => rows.filter(({ state }) => state === wanted).length;
  const counts = states.filter((state) => of(state) > 0).map((state) => `${of(state)} ${state}`);
  const mark = rows.every(({ state }) => agreeing.includes(state)) ? paint.good('✓') : paint.bad('✗');
  const lines = align(
    rows.map(({ id, state, appliedAt, begun }) => [
      id,
      state === 'applied'
        ? `applied${appliedAt === null ? '' : ` ${appliedAt}`}`
        : `${state}${appliedAt === null ? '' : `, applied ${appliedAt}`}${begun === undefined ? '' : renderBegun(begun)}`,
    ]),
  );
  const act =
    of('edited') + of('not in the folder') > 0
      ? 'npx shipshape verify     says what that means'
      : of('pending') + of('failed') + of('passed over') > 0
        ? apply
        : snapshot === 'current'
          ? null
          : 'npx shipshape snapshot     and commit the file';
  return [
    `${mark} ${paint.strong(`${count(rows.length, 'migration')}: ${counts.join(', ')}; the snapshot is ${snapshot}.`)}`,
    '',
    ...lines.map((line) => `  ${line}`),
    '',
    ...(act === null ? [] : [`  ${paint.faint('do')}       ${act}`, '']),
    `  ${paint.faint(`read ${read} of ${target}`)}`,
  ].join('\n');
}
