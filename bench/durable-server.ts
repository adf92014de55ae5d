// startDurableServer: PostgreSQL on the disk, with the settings it is installed with, so that a commit costs what it costs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { readDataFolder, removeKept } from '../test/support/kept.ts';

export interface DurableServer {
  readonly version: string;
  /** A new and empty one; its URL. */
  createDatabase(): Promise<string>;
  /** Resolves when the server and its data are gone. */
  stop(): Promise<void>;
}

/** `settings`: parameters that can be changed while it runs. */
export async function startDurableServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<DurableServer> {
  const { joinKeptServer } = await import('shipshape-embedded');
  const project = mkdtempSync(join(tmpdir(), 'shipshape-bench-server-'));
  const kept = await joinKeptServer({ project, database: 'bench' });
  const client = new Client({ connectionString: kept.url });
  await client.connect();
  for (const [name, value] of Object.entries(settings))
    await client.query(`ALTER SYSTEM SET ${escapeIdentifier(name)} = ${escapeLiteral(value)}`);
  await client.query('SELECT pg_reload_conf()');
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const data = await readDataFolder(kept.url);
  let made = 0;
  return {
    version: rows[0]?.server_version ?? '',
    async createDatabase() {
      made += 1;
      const name = `bench_${made}`;
      await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
      const url = new URL(kept.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async stop() {
      await client.end();
      await kept.leave();
      await removeKept(data);
      rmSync(project, { recursive: true, force: true });
    },
  };
}
