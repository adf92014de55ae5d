// A real server on TCP with passwords, to be turned to TLS: the kept server of a made-up project.
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { joinKeptServer } from 'shipshape-embedded';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';

export interface LoginServer {
  /** The folder that it belongs to. */
  readonly project: string;
  readonly url: string;
  readonly port: number;
  /** A superuser's session. */
  readonly admin: OwnSession;
  /** Lets the server speak TLS with the certificate of `tls/`. */
  switchTlsOn(): Promise<void>;
  /** Puts these lines before the server's own pg_hba.conf; none takes them away. */
  setHba(lines: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export const tlsFolder = join(import.meta.dirname, 'tls');

export async function startLoginServer(): Promise<LoginServer> {
  const project = mkdtempSync(join(tmpdir(), 'shipshape-login-'));
  const kept = await joinKeptServer({ project, database: 'calls' });
  const admin = await connect(kept.url);
  const { rows } = await admin.query<{ data: string }>("select current_setting('data_directory') as data");
  const data = rows[0]?.data as string;
  const hba = readFileSync(join(data, 'pg_hba.conf'), 'utf8');
  const reload = async () => {
    await admin.query('select pg_reload_conf()');
  };
  return {
    project,
    url: kept.url,
    port: Number(new URL(kept.url).port),
    admin,
    async switchTlsOn() {
      const { uid, gid } = statSync(data);
      for (const name of ['server.crt', 'server.key', 'root.crt']) {
        const file = join(data, name);
        copyFileSync(join(tlsFolder, name), file);
        // PostgreSQL refuses a key that others may read, and git keeps no such mode.
        chmodSync(file, 0o600);
        chownSync(file, uid, gid);
      }
      await admin.query("alter system set ssl_ca_file = 'root.crt'");
      await admin.query('alter system set ssl = on');
      await reload();
    },
    async setHba(lines) {
      writeFileSync(join(data, 'pg_hba.conf'), `${lines.join('\n')}\n${hba}`);
      await reload();
    },
    async stop() {
      await admin.close();
      await kept.leave();
      // The server ends by itself when its last user is gone; what it kept was this test's alone.
      await waitUntil(() => statSync(join(data, 'postmaster.pid'), { throwIfNoEntry: false }) === undefined);
      rmSync(dirname(data), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      rmSync(project, { recursive: true });
    },
  };
}

/** Waits for a condition, at most ten seconds. */
export async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
