// undo: the act behind `down`: the newest migrations taken back, by the files that say how.
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { Book } from '../migrate/book.ts';
import { cutAt } from '../migrate/cut-at.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import type { History, Migration } from '../migrate/migration.ts';
import { nothingPromised } from '../migrate/nothing-promised.ts';
import { type OpenFolder, openFolder } from '../migrate/open-folder.ts';
import { displayPath } from '../migrate/place.ts';
import { run } from '../migrate/run.ts';
import type { RunEvent, RunResult } from '../migrate/run-order.ts';
import { readStatements } from '../migrate/statements.ts';
import { makeUndoing, undoBook } from '../migrate/undo-book.ts';
import { connect } from '../postgres/connect.ts';
import type { Target } from '../postgres/target.ts';
import { exitOf, type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { type DryRun, intend } from './dry-run.ts';
import { limitsOf, type RunLimits } from './run-limits.ts';
import { undoCommandOf } from './undo-command.ts';

export interface UndoOptions extends RunLimits {
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  /** Where the folder's own tool keeps what it has applied; its usual table when left out. */
  readonly ledgerTable?: string | null | undefined;
  /** The last migration that stays applied, by its name or its number; the newest alone is undone when left out. */
  readonly to?: string | undefined;
  /** Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  readonly on: (event: RunEvent) => void;
}

/**
 * Newest first, each in a transaction with its row of the ledger, as they were applied. What stops the run is in the
 * result, `down-below` and an edited history too (exit 3, nothing undone). Throws ShipshapeError for a folder that has no
 * ways back (exit 3) or cannot be used (exit 2), and `down-missing` (exit 3).
 */
export async function undo(options: UndoOptions): Promise<RunResult> {
  const { target, signal, on } = options;
  const { migrations, undoing, book } = await choose(options);
  return run({
    target,
    migrations: undoing,
    book,
    scope: '',
    through: null,
    ...limitsOf(options),
    signal,
    on,
    ask: {
      mayApply: async (history) => judge(history, migrations, idsOf(undoing)),
      // What a way back has to leave behind is shown before it is needed: by `check`.
      ...nothingPromised,
    },
  });
}

/** What `undo` would do; no lock is taken. Throws as it does. */
export async function undoDry(options: Omit<UndoOptions, 'on'>): Promise<DryRun> {
  const { migrations, history, undoing } = await choose(options);
  const judged = judge(history, migrations, idsOf(undoing));
  if (judged.length > 0) return { pending: [], findings: judged, exit: 3 };
  const session = await connect(options.target, { applicationName: 'shipshape:dry-run' });
  try {
    const { pending, findings } = await intend(undoing, session);
    return { pending, findings, exit: exitOf(findings) };
  } finally {
    await session.close();
  }
}

interface Choice {
  readonly migrations: readonly Migration[];
  readonly history: History;
  /** Newest first. */
  readonly undoing: readonly Migration[];
  readonly book: Book;
}

async function choose(
  options: Pick<UndoOptions, 'target' | 'folder' | 'format' | 'ledgerTable' | 'to'>,
): Promise<Choice> {
  const { target, to } = options;
  const folder = await openFolder(options.folder, options);
  const { migrations } = folder;
  const book = await bookOf(folder, options.ledgerTable ?? null);
  const staying = to === undefined ? null : cutAt(migrations, to, options.folder);
  const session = await connect(target, { applicationName: 'shipshape:down' });
  let history: History;
  try {
    history = await folder.book.readHistory(session, migrations, '');
  } finally {
    await session.close();
  }
  const applied = new Set(history.applied.map(({ id }) => id));
  const newestFirst = migrations.filter(({ id }) => applied.has(id)).toReversed();
  const chosen = newestFirst.slice(
    0,
    staying === null ? 1 : newestFirst.filter((each) => !staying.includes(each)).length,
  );
  const ways = await Promise.all(chosen.map((each) => wayBackOf(each, folder)));
  const [first, ...rest] = ways.filter((each) => 'code' in each);
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return { migrations, history, undoing: ways.filter((each) => 'sql' in each), book };
}

async function bookOf(folder: OpenFolder, ledgerTable: string | null): Promise<Book> {
  if (folder.format === 'shipshape') return undoBook;
  const { makeForeignUndoBook } = await import('../migrate/ledgers/foreign-undo-book.ts');
  const book = await makeForeignUndoBook(folder, ledgerTable);
  if (book !== null) return book;
  const { path, format, tool } = folder;
  const programs = format === 'scripts';
  const data = {
    folder: displayPath(path),
    tool: tool ?? 'another tool',
    programs,
    command: undoCommandOf(tool),
  };
  throw new ShipshapeError([makeFinding('down-of-another-tool', data)]);
}

/** What undoes it, or that nothing does: a section without a statement is what a tool's template leaves. */
async function wayBackOf(migration: Migration, { format }: OpenFolder): Promise<Migration | Finding> {
  const { id, file } = migration;
  const section = format !== 'shipshape';
  const undoing = makeUndoing(migration);
  const isThere = undoing !== null && (!section || (await readStatements(undoing)).length > 0);
  if (isThere) return undoing;
  const named = section ? file : file.replace(/\.sql$/, '.down.sql');
  return makeFinding('down-missing', { migration: id, file: displayPath(named), section });
}

const idsOf = (migrations: readonly Migration[]): readonly string[] =>
  migrations.map(({ id }) => id.replace(/\.down$/, ''));

/** What stands on top of what is undone would be left without its ground; and a way back belongs to the file as it was applied. */
function judge(
  { applied }: History,
  migrations: readonly Migration[],
  undone: readonly string[],
): readonly Finding[] {
  const last = undone.at(-1);
  const still = applied.filter(({ id }) => undone.includes(id));
  if (last === undefined || still.length === 0) return [];
  const lowest = migrations.findIndex(({ id }) => id === last);
  const above = applied.filter(({ id }) => {
    const at = migrations.findIndex((each) => each.id === id);
    return !undone.includes(id) && (at === -1 ? id > last : at > lowest);
  });
  const below = above.map(({ id }) => id);
  const edited = diagnoseTampering(
    still,
    migrations.filter(({ id }) => undone.includes(id)),
  ).filter(({ code }) => code === 'history-edited');
  return [
    ...(below.length === 0
      ? []
      : [makeFinding('down-below', { migration: last, above: below }, { migration: last })]),
    ...edited,
  ];
}
