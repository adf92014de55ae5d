// Clears away scratch servers whose owner and keeper were both killed.
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { endPostmaster } from '../server/end.ts';
import { readPostmaster } from '../server/postmaster.ts';
import { scratchPrefix } from '../system/places.ts';

/** A keeper answers within milliseconds of making its folder; this is for one that was stopped in between. */
const unbornForMs = 60_000;

export async function sweepScratch(places: readonly string[]): Promise<void> {
  const folders = places
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => join(place, name)));
  for (const folder of folders) {
    if (!isOurs(folder) || !(await isAbandoned(folder))) continue;
    const postmaster = readPostmaster(join(folder, 'data'));
    if (postmaster !== null && postmaster !== 'stale') await endPostmaster(postmaster.pid, 'SIGQUIT', 5_000);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** One of the places is shared by all users: a name alone proves nothing. */
function isOurs(folder: string): boolean {
  if (!basename(folder).startsWith(scratchPrefix())) return false;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

async function isAbandoned(folder: string): Promise<boolean> {
  const outcome = await new Promise<string>((resolve) => {
    const socket = connect(join(folder, 'keeper.sock'));
    socket.once('connect', () => {
      socket.destroy();
      resolve('kept');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  if (outcome === 'ECONNREFUSED') return true;
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  return outcome === 'ENOENT' && made !== undefined && Date.now() - made > unbornForMs;
}
