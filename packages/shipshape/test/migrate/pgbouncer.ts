// A real pgbouncer in front of a scratch server.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pgbouncer {
  /** The same database, through the pooler. */
  readonly url: string;
  stop(): Promise<void>;
}

export type PoolMode = 'session' | 'transaction' | 'statement';

/** Not everywhere; in CI its absence is a failure. */
export const hasPgbouncer = spawnSync('pgbouncer', ['--version']).status === 0;

/** `url` as the scratch server gives it: its socket's folder is in `host`. */
export async function startPgbouncer(url: string, mode: PoolMode, poolSize = 30): Promise<Pgbouncer> {
  const { searchParams, pathname } = new URL(url.replace('@/', '@localhost/'));
  const socket = searchParams.get('host') ?? '';
  // The socket lies in a folder that only the server's account may enter; pgbouncer refuses to be root in any case.
  const { uid, gid } = statSync(socket);
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-pgbouncer-'));
  chownSync(folder, uid, gid);
  const port = await freePort();
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    chownSync(join(folder, name), uid, gid);
    return join(folder, name);
  };
  const users = file('users.txt', '"postgres" ""\n');
  const config = file(
    'pgbouncer.ini',
    `[databases]
* = host=${socket} port=${searchParams.get('port')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${poolSize}
max_client_conn = 500
query_wait_timeout = 30
`,
  );
  const child = spawn('pgbouncer', [config], { uid, gid, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (data: Buffer) => {
      said += data;
      if (said.includes('process up')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`pgbouncer ended: ${said}`)));
  });
  return {
    url: `postgres://postgres@127.0.0.1:${port}${pathname}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
