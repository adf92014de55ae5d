// baseline: marks migrations as applied in a database that was built otherwise, once it is seen to hold what they make.
import { diagnoseTampering } from '../diagnose/tampering.ts';
import { cutAt } from '../migrate/cut-at.ts';
import type { Folder } from '../migrate/folder.ts';
import { ownBook } from '../migrate/ledger.ts';
import type { History, Migration } from '../migrate/migration.ts';
import { nothingPromised } from '../migrate/nothing-promised.ts';
import { displayPath } from '../migrate/place.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { run } from '../migrate/run.ts';
import type { RunEvent } from '../migrate/run-order.ts';
import { connect } from '../postgres/connect.ts';
import type { Target } from '../postgres/target.ts';
import { type ExitCode, type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { compareWithFiles } from './compare-with-files.ts';
import { replay } from './replay.ts';
import { openScratch } from './scratch.ts';

export interface MarkOptions {
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: Folder['format'] | 'auto' | undefined;
  /** A server where databases may be made; the embedded one without it. */
  readonly scratchUrl?: string | undefined;
  /** How long another runner is waited for. */
  readonly waitSeconds: number;
  /** Say what would be marked, and mark nothing. */
  readonly dryRun: boolean;
  /** Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  readonly on: (event: RunEvent) => void;
}

export interface MarkResult {
  /** By this run; with `dryRun` those that would be. */
  readonly marked: readonly string[];
  /** Marked or applied before. */
  readonly before: readonly string[];
  /** The last file of those that are spoken of; null where that is none. */
  readonly last: string | null;
  /** Warnings too. */
  readonly findings: readonly Finding[];
  readonly exit: ExitCode;
}

/**
 * `named`: the last file to mark, whole or by its number. What keeps it from being marked is in the result, exit 3.
 * Throws ShipshapeError for a folder that is not ours or cannot be used, and for files that do not run on an empty database.
 */
export async function baseline(options: MarkOptions, named: string): Promise<MarkResult> {
  const folder = await readOwnFolder(options);
  return markApplied(options, folder, cutAt(folder.migrations, named, options.folder));
}

/** Throws ShipshapeError `ledger-kept-by-tool` for another tool's folder, whose own table `migrate` goes by. */
export async function readOwnFolder({ folder: path, format }: MarkOptions): Promise<Folder> {
  const folder = await readFolder(path, { format: format === 'scripts' ? undefined : format });
  if (folder.format === 'shipshape') return folder;
  const data = { folder: displayPath(path), tool: folder.tool ?? 'another tool' };
  throw new ShipshapeError([makeFinding('ledger-kept-by-tool', data)]);
}

/** `files`: the first ones of the folder. */
export async function markApplied(
  options: MarkOptions,
  folder: Folder,
  files: readonly Migration[],
): Promise<MarkResult> {
  const { target, waitSeconds, signal, on } = options;
  const judge = openJudge(options, folder, files);
  try {
    const before = await readBefore(target, files);
    const last = files.at(-1)?.id ?? null;
    if (options.dryRun) {
      const findings = await judge.mayMark(before);
      const refused = findings.some(({ severity }) => severity === 'error');
      const marked = refused ? [] : before.pending.map(({ id }) => id);
      return { marked, before: idsOf(before, files), last, findings, exit: refused ? 3 : 0 };
    }
    const { applied, findings, exit } = await run({
      target,
      migrations: files.map(withoutStatements),
      book: ownBook,
      scope: '',
      through: null,
      leaseSeconds: 10,
      waitSeconds,
      lockTimeoutMs: 200,
      signal,
      on,
      ask: { mayApply: judge.mayMark, ...nothingPromised },
    });
    return { marked: applied.map(({ id }) => id), before: idsOf(before, files), last, findings, exit };
  } finally {
    await judge.close();
  }
}

/** The runner then writes its row, in a fenced transaction, and nothing else. */
function withoutStatements({ id, file, checksum }: Migration): Migration {
  return { id, file, checksum, sql: '', rule: 'each file' };
}

async function readBefore(target: Target, files: readonly Migration[]): Promise<History> {
  const session = await connect(target, { applicationName: 'shipshape:baseline' });
  try {
    return await ownBook.readHistory(session, files, '');
  } finally {
    await session.close();
  }
}

function idsOf({ pending }: History, files: readonly Migration[]): readonly string[] {
  const left = new Set(pending.map(({ id }) => id));
  return files.map(({ id }) => id).filter((id) => !left.has(id));
}

/** The files are replayed once, when first something is to be marked; the database is read anew each time. */
function openJudge({ target, scratchUrl }: MarkOptions, folder: Folder, files: readonly Migration[]) {
  const last = files.at(-1)?.id ?? '';
  let opened: ReturnType<typeof openScratch> | undefined;
  let replayed: ReturnType<typeof replayFiles> | undefined;
  const replayFiles = async () => {
    opened = openScratch({ url: scratchUrl });
    const database = await (await opened).createDatabase();
    return { database, built: await replay({ ...folder, migrations: files }, database, []) };
  };
  return {
    async mayMark(history: History): Promise<readonly Finding[]> {
      if (history.pending.length === 0) return [];
      // What is passed over is what is to be marked.
      const tampered = diagnoseTampering(
        history.ledgerFound ? history.applied : null,
        folder.migrations,
      ).filter(({ code }) => code !== 'history-skipped');
      if (tampered.some(({ severity }) => severity === 'error')) return tampered;
      replayed ??= replayFiles();
      const { database, built } = await replayed;
      const session = await connect(target, { applicationName: 'shipshape:baseline' });
      try {
        return [...tampered, ...(await compareWithFiles(session, built, database, last))];
      } finally {
        await session.close();
      }
    },
    close: async () => (await opened)?.close(),
  };
}
