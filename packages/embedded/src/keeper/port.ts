// The TCP port of a kept database: the same each time, as long as nobody else has taken it.
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { hasCode } from '../embedded-error.ts';

export async function pickPort(folder: string): Promise<number> {
  const remembered = readPort(folder);
  return (remembered === null ? null : await tryPort(remembered)) ?? (await tryPort(0))!;
}

export function rememberPort(folder: string, port: number): void {
  writeFileSync(join(folder, 'port'), String(port), { mode: 0o600 });
}

function readPort(folder: string): number | null {
  try {
    const port = Number(readFileSync(join(folder, 'port'), 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return null;
    throw thrown;
  }
}

/** The port (a free one for 0), or null when it is taken. */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE', 'EACCES')) resolve(null);
      else reject(error);
    });
    listener.listen(port, '127.0.0.1', () => {
      const free = (listener.address() as AddressInfo).port;
      listener.close(() => resolve(free));
    });
  });
}
