// The kept database of a project that only a test had: found while it runs, removed when its server has ended.
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Where the server keeps its data. */
export async function readDataFolder(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ data: string }>("select current_setting('data_directory') as data");
    return rows[0]?.data ?? '';
  } finally {
    await client.end();
  }
}

/** Waits for the server's end (its last user has left), then takes all that was kept. */
export async function removeKept(dataFolder: string): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const deadline = Date.now() + 60_000;
  while (statSync(pidFile, { throwIfNoEntry: false }) !== undefined) {
    if (Date.now() > deadline) throw new Error(`${pidFile} is still there`);
    await pause(20);
  }
  rmSync(dirname(dataFolder), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
