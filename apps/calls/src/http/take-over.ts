// Takes the place of the process that served here before: waits, bounded, until it has let go of port and pid file.

import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { isRunning, readPidFile, removeOwnPidFile, writePidFile } from './pid-file.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly pidFile: string;
  /** How long the process before may take. */
  readonly patienceMs: number;
}

/** The place is taken, and stays so. */
export class PlaceTakenError extends Error {
  override readonly name = 'PlaceTakenError';
}

const PAUSE_MS = 50;

/**
 * Listens and writes the pid file. A process that is named there, runs, and is not this one is waited for, but when it only
 * sits on the file (a pid that was given anew), the port decides. Throws `PlaceTakenError` when the port does not become free.
 */
export async function takeOver(app: FastifyInstance, place: Place): Promise<{ readonly port: number }> {
  const until = performance.now() + place.patienceMs;
  while (isHeld(place.pidFile) && performance.now() < until) await wait(PAUSE_MS);
  for (;;) {
    try {
      await app.listen({ host: place.host, port: place.port });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (performance.now() >= until) throw new PlaceTakenError(explain(place), { cause: error });
      await wait(PAUSE_MS);
    }
  }
  writePidFile(place.pidFile);
  const address = app.server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : place.port };
}

/** The reverse, in so far as the file is still ours. */
export function leavePlace(place: Place): void {
  removeOwnPidFile(place.pidFile);
}

function isHeld(pidFile: string): boolean {
  const pid = readPidFile(pidFile);
  return pid !== null && pid !== process.pid && isRunning(pid);
}

function explain({ port, pidFile }: Place): string {
  const pid = readPidFile(pidFile);
  return pid !== null && isRunning(pid)
    ? `port ${port} is taken, probably by the server with pid ${pid}: kill $(cat ${pidFile}), or set PORT`
    : `port ${port} is taken by another program: set PORT`;
}
