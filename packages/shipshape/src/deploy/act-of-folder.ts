// actOfFolder: what applies what is pending in a folder, whoever's it is.
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { Folder } from '../migrate/folder.ts';
import type { Hindrance } from '../migrate/ledgers/foreign-ledger.ts';
import { ledgerWriters } from '../migrate/ledgers/writers.ts';

const migrate = 'npx shipshape migrate';

/** `hindrance`: of the first migration that the tool itself would not apply. */
export function actOfFolder(
  folder: Folder,
  replay: ReplayCommand | undefined,
  hindrance?: Hindrance | undefined,
): string {
  const { format, tool, command } = folder;
  if (format === 'shipshape') return migrate;
  if (hindrance !== undefined && hindrance.leftNothing === undefined)
    return hindrance.state === 'passed over' && isApplied(folder, replay)
      ? `${migrate} --allow-out-of-order     or ${hindrance.act}`
      : hindrance.act;
  if (replay !== undefined) return `${migrate}     calls "${replay.command}"`;
  if (isApplied(folder, replay)) return `${migrate}     or ${command}`;
  if (command === null) return `apply it with ${tool}`;
  return format === 'scripts'
    ? `${command}     or ${migrate} --replay "${command}", under its lock`
    : command;
}

/** SQL of tools whose ledgers we write. */
function isApplied({ format, tool }: Folder, replay: ReplayCommand | undefined): boolean {
  return replay === undefined && format !== 'scripts' && ledgerWriters[tool ?? ''] !== undefined;
}
