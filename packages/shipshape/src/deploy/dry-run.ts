// dryRun: what `migrate` would do, in words; nothing is changed and no lock is taken.
import type { MigrationId } from '../catalog/index.ts';
import { estimateRows, readKey } from '../migrate/backfill/key.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import { cutAt } from '../migrate/cut-at.ts';
import { describeIntent } from '../migrate/describe-statement.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import type { Backfill } from '../migrate/header.ts';
import { type JournalStep, readJournal } from '../migrate/journal.ts';
import type { Migration, TransactionRule } from '../migrate/migration.ts';
import { openFolder } from '../migrate/open-folder.ts';
import { displayPath } from '../migrate/place.ts';
import { prepare } from '../migrate/prepare.ts';
import { parsedOf } from '../migrate/prepare-parsed.ts';
import type { Prepared } from '../migrate/prepared.ts';
import { isJournalReadable } from '../migrate/read-begun.ts';
import { isSetting } from '../migrate/steps/step.ts';
import { type LockMode, lockOf, whoWaits } from '../migrate/words/locks.ts';
import { connect } from '../postgres/connect.ts';
import type { Session } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import type { ExitCode, Finding } from '../report/index.ts';
import { exitOf, ShipshapeError } from '../report/index.ts';
import { asksForCommand } from './asks-for-command.ts';
import { asRemark, judgeHistory } from './judge-history.ts';

export interface IntendedStatement {
  readonly line: number;
  /** One line a change: `add call_log.recording_mode varchar(32)`. */
  readonly words: readonly string[];
  /** The strongest on a table that is there, where it can be told: `SHARE`. */
  readonly lock: LockMode | null;
  /** `writers wait`: for as long as it runs, or its transaction after it. */
  readonly whoWaits: string | null;
  /** By an earlier attempt. */
  readonly done: boolean;
}

export interface IntendedMigration {
  readonly id: MigrationId;
  readonly file: string;
  /** How it is applied: `each file` in one transaction, `each statement` by itself, `each batch`. */
  readonly by: TransactionRule;
  readonly statements: readonly IntendedStatement[];
  /** How many of them commit by themselves: a SET does not. */
  readonly steps: number;
  /** Of a backfill: about how many rows it goes through; null for others, and where the table is not there yet. */
  readonly rows: number | null;
  /** What applies it in our place: only a run then tells what it does. */
  readonly command: string | null;
}

export interface DryRun {
  readonly pending: readonly IntendedMigration[];
  /** Why `migrate` would refuse. */
  readonly findings: readonly Finding[];
  /** What `migrate` would exit with before it applied anything; 0 when it would begin. */
  readonly exit: ExitCode;
}

export interface DryRunOptions {
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  /** As in MigrateOptions. */
  readonly ledgerTable?: string | null | undefined;
  /** As in MigrateOptions. */
  readonly to?: string | undefined;
  readonly outOfOrder?: boolean | undefined;
  readonly replay?: ReplayCommand | undefined;
}

/** Throws ShipshapeError for a folder that cannot be used and a database that cannot be reached or read. */
export async function dryRun(options: DryRunOptions): Promise<DryRun> {
  const folder = await openFolder(options.folder, options);
  const { migrations, findings: remarks, book } = folder;
  const command = folder.format === 'shipshape' ? undefined : options.replay;
  const through = new Set(
    options.to === undefined ? migrations : cutAt(migrations, options.to, options.folder),
  );
  const session = await connect(options.target, { applicationName: 'shipshape:dry-run' });
  try {
    const history = await book.readHistory(session, migrations, '');
    const judged = [
      ...remarks.map(asRemark),
      ...judgeHistory(history, migrations, options.outOfOrder ?? false),
    ];
    const wanted = history.pending.filter((each) => through.has(each));
    if (folder.format === 'scripts' && command === undefined && wanted.length > 0)
      throw asksForCommand(folder);
    const { pending, findings } =
      command === undefined
        ? await intend(wanted, session)
        : { pending: wanted.map((each) => leave(each, command)), findings: [] };
    const refused = exitOf(judged) === 0 ? 0 : 3;
    return { pending, findings: [...judged, ...findings], exit: refused || exitOf(findings) };
  } finally {
    await session.close();
  }
}

/** What would be done, in words, or why not. */
export async function intend(
  migrations: readonly Migration[],
  session: Session,
): Promise<{ pending: readonly IntendedMigration[]; findings: readonly Finding[] }> {
  if (migrations.length === 0) return { pending: [], findings: [] };
  try {
    const prepared = await prepare(migrations, session.serverVersion);
    const pending: IntendedMigration[] = [];
    for (const each of prepared) pending.push(await intendOne(each, session));
    return { pending, findings: [] };
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return { pending: [], findings: error.findings };
  }
}

function leave({ id, file, rule: by }: Migration, { command }: ReplayCommand): IntendedMigration {
  return { id, file: displayPath(file), by, statements: [], steps: 0, rows: null, command };
}

async function intendOne(prepared: Prepared, session: Session): Promise<IntendedMigration> {
  const { migration } = prepared;
  const statements = await parsedOf(prepared);
  const { id, file, rule: by, header } = migration;
  const isBegun = by !== 'each file' && (await isJournalReadable(session));
  const journal = isBegun ? await readJournal(session, '', id) : [];
  const rows = header?.backfill == null ? null : await estimateBackfill(session, header.backfill, journal[0]);
  return {
    id,
    file: displayPath(file),
    by,
    rows,
    command: null,
    steps: by === 'each statement' ? statements.filter((each) => !isSetting(each)).length : 0,
    statements: statements.map((each, position) => {
      const lock = lockOf(each);
      return {
        line: each.line,
        words: describeIntent(each),
        lock,
        whoWaits: lock === null ? null : whoWaits(lock),
        done: journal.some((row) => row.position === position && row.state === 'done'),
      };
    }),
  };
}

/** Behind the cursor of an earlier attempt, and not counting that the table is gone through once more. */
async function estimateBackfill(
  session: Session,
  backfill: Backfill,
  row: JournalStep | undefined,
): Promise<number | null> {
  const key = await readKey(session, backfill);
  return 'problem' in key ? null : estimateRows(session, key, row?.cursor ?? null);
}
