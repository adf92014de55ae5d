// replayByCommand: the migrations run by the team's own tool, and what that has built.
import { addressOf, type CatalogObject, libraryTableOf } from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Reading } from '../introspect/reading.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { Folder } from '../migrate/folder.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { beginHistory } from './history.ts';
import type { Replay } from './replay.ts';
import { runReplay } from './run-replay.ts';
import type { ScratchDatabase } from './scratch.ts';
import { openVisit } from './visit.ts';

/**
 * One run builds everything, and which migration made what is then not known; with `{migration}` in the command it is
 * run for each, and known. Throws ShipshapeError `replay-failed`, `replay-hung`, `replay-built-nothing`.
 */
export async function replayByCommand(
  order: ReplayCommand,
  folder: Folder,
  database: ScratchDatabase,
  ownSchemas: readonly string[],
): Promise<Replay> {
  const visit = await openVisit(database.target);
  const history = beginHistory(database, ownSchemas);
  const each = order.command.includes('{migration}');
  try {
    if (each)
      for (const { id } of folder.migrations) {
        const command = order.command.replaceAll('{migration}', () => quoteForShell(id));
        await runReplay(order, command, visit.variables, database);
        await history.note(id);
      }
    else await runReplay(order, order.command, visit.variables, database);
  } finally {
    await visit.close();
  }
  const reading = await readCatalog(database, { ownSchemas });
  assertBuilt(order, folder, reading);
  return {
    catalog: reading.catalog,
    provenance: each ? history.provenance : {},
    made: new Map(),
    postgres: reading.server.major,
    findings: [],
  };
}

function quoteForShell(text: string): string {
  return /^[\w.@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function assertBuilt({ command }: ReplayCommand, { migrations }: Folder, reading: Reading): void {
  const { objects } = reading.catalog;
  const isLedger = (object: CatalogObject) => libraryTableOf(addressOf(object)) !== null;
  const built = objects.some((each) => !['schema', 'extension'].includes(each.kind) && !isLedger(each));
  if (built || migrations.length === 0) return;
  const ledger = objects.find((each) => each.kind === 'table' && isLedger(each));
  // Drizzle's is in a schema of its own.
  const name = ledger?.kind === 'table' ? ledger.name : (reading.setAside[0] ?? null);
  throw new ShipshapeError([makeFinding('replay-built-nothing', { command, ledger: name })]);
}
