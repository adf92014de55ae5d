// The lock queue bench: ADD COLUMN on a hot table behind an open reader, by migrate and by psql, and what the traffic waits.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

const command = fileURLToPath(new URL('../../packages/shipshape/bin/shipshape.cjs', import.meta.url));
const clients = 8;
const lockTimeoutMs = 200;
const setUp = `CREATE TABLE hot (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0);
  INSERT INTO hot SELECT generate_series(1, 100000)`;
const change = 'ALTER TABLE hot ADD COLUMN mode text';

export async function run(options: readonly string[]): Promise<void> {
  const at = options.indexOf('--seconds');
  const seconds = at < 0 ? 5 : Number(options[at + 1]);
  const { startScratchServer } = await import('shipshape-embedded');
  const server = await startScratchServer();
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
  writeFileSync(join(folder, '0001_mode.sql'), `${change};\n`);
  console.log(
    `PostgreSQL ${server.version}: ${change}, a reader idle in its transaction for ${seconds} s, ${clients} clients that read and write`,
  );
  try {
    const ways = {
      psql: (url: string) => ['psql', ['-X', '-q', '-c', change, url]] as const,
      shipshape: (url: string) =>
        [process.execPath, [command, 'migrate', '--migrations', folder, '--url', url]] as const,
    };
    for (const [name, way] of Object.entries(ways)) {
      const url = await server.createDatabase();
      const { worstMs, p99Ms, count, exit, said } = await watch(url, seconds, way(url));
      const fine = name === 'psql' || (exit === 0 && worstMs < lockTimeoutMs * 2);
      console.log(
        `${fine ? '✓' : '✗'} ${name.padEnd(10)} exit ${exit}; of ${count} transactions the longest took ${worstMs.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`,
      );
      if (name === 'shipshape') console.log(`    ${said}`);
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function watch(url: string, seconds: number, [program, args]: readonly [string, readonly string[]]) {
  const reader = await open(url);
  await reader.query(setUp);
  await reader.query('BEGIN; SELECT count(*) FROM hot');
  const took: number[] = [];
  let going = true;
  const traffic = Array.from({ length: clients }, async (_, number) => {
    const client = await open(url);
    for (let turn = 0; going; turn++) {
      const began = performance.now();
      const id = ((turn * clients + number) % 100000) + 1;
      await client.query(
        turn % 2 === 0 ? 'SELECT n FROM hot WHERE id = $1' : 'UPDATE hot SET n = n + 1 WHERE id = $1',
        [id],
      );
      took.push(performance.now() - began);
      await pause(5);
    }
    await client.end();
  });
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data;
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  await pause(seconds * 1000);
  await reader.query('COMMIT');
  const code = await exit;
  going = false;
  await Promise.all(traffic);
  await reader.end();
  const sorted = took.sort((a, b) => a - b);
  return {
    exit: code,
    count: sorted.length,
    worstMs: sorted.at(-1) ?? Number.NaN,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    said: stderr.split('\n').find((line) => line.includes('held by')) ?? 'no blocker was named',
  };
}

async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
