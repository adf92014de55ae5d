// migrateDatabase: the act behind `migrate`: the runner, given its judgements.
import type { KeptStatement, MigrationId } from '../catalog/index.ts';
import type { Book } from '../migrate/book.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import { cutAt } from '../migrate/cut-at.ts';
import type { Folder, FolderFormat } from '../migrate/folder.ts';
import type { Migration } from '../migrate/migration.ts';
import { openFolder } from '../migrate/open-folder.ts';
import { openWork } from '../migrate/open-work.ts';
import { run } from '../migrate/run.ts';
import type { Ask, RunEvent, RunOrder, RunResult } from '../migrate/run-order.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { asksForCommand } from './asks-for-command.ts';
import { explainMissing } from './explain-missing.ts';
import { asRemark, judgeHistory } from './judge-history.ts';
import type { JudgePromise } from './judge-promise.ts';
import { limitsOf, type RunLimits } from './run-limits.ts';

export interface MigrateOptions extends RunLimits {
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  /** Where the folder's own tool keeps what it has applied; its usual table when left out. */
  readonly ledgerTable?: string | null | undefined;
  readonly snapshotFile: string;
  /** What applies another tool's folder in our place: needed for programs, a choice for SQL files. */
  readonly replay?: ReplayCommand | undefined;
  /** The last migration to apply, by its name or its number; all when left out. */
  readonly to?: string | undefined;
  /** Apply what was passed over, too; refused when left out. */
  readonly outOfOrder?: boolean | undefined;
  /** As in RunOrder. */
  readonly thenEnds?: boolean | undefined;
  /** Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  readonly on: (event: RunEvent) => void;
}

/**
 * Applies the pending files. What stops the run is in the result, beside what was applied before.
 * Throws ShipshapeError for a folder that cannot be used (exit 2) or is a tool's whose ledger is not written (exit 3); an unreadable snapshot is in the result.
 */
export async function migrateDatabase(options: MigrateOptions): Promise<RunResult> {
  // The server's answers are waited for while the folder is read.
  const opening = openWork({ target: options.target, ...limitsOf(options) });
  opening.catch(() => undefined);
  let release: Release;
  try {
    release = await openRelease(options);
  } catch (error) {
    // Whether the server answers is no matter any more.
    opening.then(
      ({ work }) => work.leave(),
      () => undefined,
    );
    throw error;
  }
  return run(orderOf(release, options), opening);
}

/** What is applied: the same for every database and schema of a fleet. */
export interface Release {
  readonly migrations: readonly Migration[];
  readonly book: Book;
  /** What applies them in our place. */
  readonly command: ReplayCommand | undefined;
  readonly folder: Pick<Folder, 'path' | 'format' | 'tool'>;
  readonly through: MigrationId | null;
  readonly ask: (scope: string) => Ask;
}

/** Throws as `migrateDatabase` does. */
export async function openRelease(
  options: Omit<MigrateOptions, 'target' | 'on' | 'signal' | 'thenEnds'>,
): Promise<Release> {
  const { snapshotFile } = options;
  const folder = await openFolder(options.folder, options);
  const { migrations, findings: remarks, book } = folder;
  const ours = folder.format === 'shipshape';
  const command = ours ? undefined : options.replay;
  const through = options.to === undefined ? migrations : cutAt(migrations, options.to, folder.path);
  if (options.to !== undefined && command !== undefined) throw cannotStopAt(options.to, command);
  // Only when something is pending: a large snapshot takes longer to read than the ledger.
  let snapshot: Promise<SnapshotReading> | undefined;
  let statements: ReadonlyMap<string, readonly KeptStatement[]> | undefined;
  const kept = () => {
    snapshot ??= import('../snapshot/read-snapshot.ts').then(({ readSnapshot }) =>
      readSnapshot(snapshotFile),
    );
    return snapshot;
  };
  return {
    migrations,
    book,
    command,
    folder,
    through: through.at(-1)?.id ?? null,
    ask: (scope) => {
      let judge: JudgePromise | undefined;
      const judged = async () => {
        judge ??= await makeJudge(await kept(), migrations, scope);
        return judge;
      };
      return {
        async mayApply(history) {
          const judgements = judgeHistory(history, migrations, options.outOfOrder ?? false);
          const findings = [...remarks.map(asRemark), ...judgements];
          if (history.pending.length === 0) return findings;
          if (folder.format === 'scripts' && command === undefined) throw asksForCommand(folder);
          const reading = await kept();
          statements ??= statementsOf(reading);
          return reading.kind === 'missing' ? [...findings, explainMissing(reading.file)] : findings;
        },
        getReady: async () => void (await judged()),
        recall: ({ header, checksum }) => (header === undefined ? null : (statements?.get(checksum) ?? null)),
        promiseKept: async (runner, migration) => (await judged()).promiseKept(runner, migration),
        foresee: (work, migration) => judge?.foresee(work, migration) ?? null,
      };
    },
  };
}

/** By the checksums of their files. */
function statementsOf(reading: SnapshotReading): ReadonlyMap<string, readonly KeptStatement[]> {
  const known = reading.kind === 'missing' ? [] : reading.snapshot.migrations;
  return new Map(
    known.flatMap(({ checksum, statements }) =>
      statements === undefined ? [] : [[checksum, statements] as const],
    ),
  );
}

/** Without a snapshot nothing is looked at, and nothing loaded that would look. */
async function makeJudge(
  reading: SnapshotReading,
  migrations: readonly Migration[],
  scope: string,
): Promise<JudgePromise> {
  if (reading.kind === 'missing') {
    const findings = [explainMissing(reading.file)];
    return { promiseKept: async () => findings, foresee: () => ({ look: null, findings }) };
  }
  const { makeJudgePromise } = await import('./judge-promise.ts');
  return makeJudgePromise(reading, migrations, scope);
}

/** `scope`: the schema of a tenant, '' for the database itself. */
export function orderOf(
  { migrations, book, command, through, ask }: Release,
  options: Pick<MigrateOptions, 'target' | 'signal' | 'on' | 'thenEnds' | keyof RunLimits>,
  scope = '',
): RunOrder {
  return {
    target: options.target,
    migrations,
    book,
    command,
    scope,
    through,
    ...limitsOf(options),
    thenEnds: options.thenEnds,
    signal: options.signal,
    on: options.on,
    ask: ask(scope),
  };
}

/** Exit 2. */
function cannotStopAt(to: string, { command }: ReplayCommand): ShipshapeError {
  const fault = `--to ${to}, and "${command}" applies all that is pending`;
  return new ShipshapeError([makeFinding('usage-wrong', { fault, help: 'migrate --help' })]);
}
