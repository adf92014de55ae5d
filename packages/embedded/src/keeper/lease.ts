// A user's hold on a kept server: a connection to its keeper that lasts as long as the user does.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { hasCode } from '../embedded-error.ts';

export interface Lease {
  readonly port: number;
  /** The connection is gone, by our release or with the keeper. */
  readonly closed: Promise<void>;
  release(): void;
}

/** A keeper that is alive answers at once; this is for one that was stopped (SIGSTOP) or hangs. */
const answerWithinMs = 5_000;

/**
 * Named after the postmaster, so that a keeper on its way out never removes the socket of the next, and a socket that a
 * killed one left is never taken for a live one.
 */
export function makeLeasePath(folder: string, postmaster: number): string {
  return join(folder, `lease-${postmaster}.sock`);
}

/** Null when no keeper serves the folder, or none that is ready and means to stay. */
export async function openLease(folder: string): Promise<Lease | null> {
  const postmaster = readPostmasterPid(folder);
  if (postmaster === null) return null;
  const socket = connect(makeLeasePath(folder, postmaster));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const greeting = await new Promise<string | null>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(text);
    });
    socket.setTimeout(answerWithinMs, () => socket.destroy());
    socket.once('error', (error) => {
      if (hasCode(error, 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE')) resolve(null);
      else reject(error);
    });
    socket.once('close', () => resolve(null));
  });
  if (greeting === null) return null;
  socket.setTimeout(0);
  // A reset is a close: `closed` tells it.
  socket.on('error', () => socket.destroy());
  socket.unref();
  return {
    port: Number(greeting),
    closed,
    release() {
      socket.ref();
      socket.destroy();
    },
  };
}

function readPostmasterPid(folder: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10);
    return Number.isNaN(pid) ? null : pid;
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return null;
    throw thrown;
  }
}
