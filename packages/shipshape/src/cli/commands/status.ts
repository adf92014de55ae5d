// status: the files and the ledger side by side, and what the roles lack.
import { readStand } from '../../deploy/read-stand.ts';
import { countStates, isAgreed, type Stand, type StandRow, type State } from '../../deploy/stand.ts';
import { readFolder } from '../../migrate/read-folder.ts';
import { connect } from '../../postgres/connect.ts';
import { type Finding, ShipshapeError } from '../../report/index.ts';
import type { Look } from '../../report/render/findings.ts';
import { makePaint } from '../../report/render/paint.ts';
import { align, count } from '../../report/render/wrap.ts';
import { readSnapshot } from '../../snapshot/read-snapshot.ts';
import { staleAgainstMigrations } from '../../snapshot/staleness.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations } from '../demand.ts';
import { type FoundGrants, findGrants } from '../find-grants.ts';
import { openDatabase } from '../open-database.ts';
import { renderGrants } from '../render-grants.ts';
import type { TenantFlags } from '../tenant-flags.ts';

/** Exit 1 when anything is pending, edited or missing, GRANTs too: a script can ask whether there is something to do. */
export async function run(context: Context, fleet: TenantFlags | null): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const { folder, format, snapshotFile, ledgerTable, replay } = demandMigrations(config);
  const read = await readFolder(folder, { format });
  const kept = await readSnapshot(snapshotFile);
  const snapshot = kept.kind === 'found' ? kept.snapshot : null;
  const age =
    snapshot === null
      ? 'missing'
      : staleAgainstMigrations(snapshot, read.migrations).length === 0
        ? 'current'
        : 'stale';
  if (fleet !== null) {
    const { statusOfEach } = await import('./status-fleet.ts');
    return statusOfEach(context, config, read, fleet, age);
  }
  const database = await openDatabase(config, context);
  try {
    const session = await connect(database.target, { applicationName: 'shipshape:status' });
    try {
      const askGrants = (pending: boolean, foreignLedger: Stand['foreignLedger']) =>
        findGrants(session, config, {
          snapshot,
          pending,
          programs: read.format === 'scripts',
          foreignLedger,
        });
      const stand = await readStand(session, read, { ledgerTable, replay }).catch(async (error: unknown) => {
        throw withGrants(error, await askGrants(true, null));
      });
      const found = await askGrants(!isAgreed(stand), stand.foreignLedger);
      const { grants } = found;
      const target = database.target.display;
      return {
        exit: isAgreed(stand) && grants.length === 0 ? 0 : 1,
        text: render(stand, found, age, target, context.look),
        json: { version: 1, target, migrations: stand.rows, snapshot: age, grants },
      };
    } finally {
      await session.close();
    }
  } finally {
    await database.leave();
  }
}

/** A role that may not read our ledger lacks more than that. */
function withGrants(error: unknown, { grants }: FoundGrants): unknown {
  if (!(error instanceof ShipshapeError) || error.findings[0]?.code !== 'ledger-unreadable') return error;
  const [first, ...rest] = error.findings as readonly [Finding, ...Finding[]];
  const act = grants.map(({ sql }) => sql).join('\n');
  return act === '' ? error : new ShipshapeError([{ ...first, do: act }, ...rest], { cause: error });
}

/** `, 2 steps done since 2026-05-01T10:00:00Z, one begun` */
function renderBegun({ done, open, rows, since }: NonNullable<StandRow['begun']>): string {
  if (rows !== '0') return `, ${rows} rows changed since ${since}`;
  const parts = [
    done === 0 ? '' : `${count(done, 'step')} done`,
    open === 0 ? '' : `${open} begun and not done`,
  ];
  const told = parts.filter(Boolean).join(', ');
  return told === '' ? '' : `, ${told} since ${since}`;
}

function render(stand: Stand, found: FoundGrants, snapshot: string, target: string, look: Look): string {
  const paint = makePaint(look.colour);
  const { rows, read, act: apply } = stand;
  const has = (...wanted: readonly State[]) => rows.some(({ state }) => wanted.includes(state));
  const lacking = found.grants.length === 0 ? '' : `; ${count(found.grants.length, 'GRANT')} missing`;
  const mark = isAgreed(stand) && lacking === '' ? paint.good('✓') : paint.bad('✗');
  const lines = align(
    rows.map(({ id, state, appliedAt, begun }) => [
      id,
      state === 'applied'
        ? `applied${appliedAt === null ? '' : ` ${appliedAt}`}`
        : `${state}${appliedAt === null ? '' : `, applied ${appliedAt}`}${begun === undefined ? '' : renderBegun(begun)}`,
    ]),
  );
  const act = has('edited', 'not in the folder')
    ? 'npx shipshape verify     says what that means'
    : has('pending', 'failed', 'passed over')
      ? apply
      : snapshot === 'current'
        ? null
        : 'npx shipshape snapshot     and commit the file';
  const title = `${count(rows.length, 'migration')}: ${countStates(stand)}; the snapshot is ${snapshot}${lacking}.`;
  return [
    `${mark} ${paint.strong(title)}`,
    '',
    ...lines.map((line) => `  ${line}`),
    '',
    ...renderGrants(found, look),
    ...(act === null ? [] : [`  ${paint.faint('do')}       ${act}`, '']),
    `  ${paint.faint(`read ${read} of ${target}`)}`,
  ].join('\n');
}
