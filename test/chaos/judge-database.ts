// judgeDatabase: is everything applied exactly once, and is nothing of the runners left?
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { withClient } from '../incident/fill.ts';
import type { Scene } from './scenes.ts';

export async function judgeDatabase(
  url: string,
  { expected }: Scene,
  files: readonly string[],
): Promise<readonly string[]> {
  return withClient(url, async (client) => {
    const ids = files.map((name) => name.replace(/\.sql$/, '')).join(' ');
    const demands = [
      ...expected,
      [
        'every migration once in the ledger',
        "SELECT string_agg(id, ' ' ORDER BY id) FROM shipshape.ledger",
        ids,
      ],
      ['no step left open', "SELECT count(*)::text FROM shipshape.step WHERE state <> 'done'", '0'],
      ['the lease given back', 'SELECT (expires_at <= clock_timestamp())::text FROM shipshape.lease', 'true'],
    ] as const;
    const faults: string[] = [];
    for (const [what, query, value] of demands) {
      // What was to be made may not be there to be asked for.
      const found = await ask(client, query).catch((error: Error) => error.message);
      if (found !== value) faults.push(`${what}: ${found} in place of ${value}`);
    }
    return [...faults, ...(await waitForNobody(client))];
  });
}

/** What a killed client leaves at the server goes within a second, or at the end of its statement. */
async function waitForNobody(client: Client): Promise<readonly string[]> {
  const left = `SELECT string_agg(application_name || ' ' || state, ', ') FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'shipshape:%' AND state <> 'idle'`;
  const locks = `SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  let sessions: string | null = null;
  let held: string | null = null;
  for (let tries = 0; tries < 100; tries++) {
    sessions = await ask(client, left);
    held = await ask(client, locks);
    if (sessions === null && held === '0') return [];
    await pause(50);
  }
  return [`left at the server: ${sessions}, ${held} advisory locks`];
}

async function ask(client: Client, query: string): Promise<string | null> {
  const { rows } = await client.query<Record<string, string | null>>(query);
  return Object.values(rows[0] ?? {})[0] ?? null;
}
