// The large table bench: what a table in use feels of a column, an index and a backfill, and what a backfill costs.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startDurableServer } from '../durable-server.ts';

const command = fileURLToPath(new URL('../../packages/shipshape/bin/shipshape.cjs', import.meta.url));
const clients = 8;
/** Of the goals: no transaction waits longer, and one in a hundred may wait so long. */
const worstGoalMs = 1000;
const p99GoalMs = 300;
const costGoal = 2.2;
/** How long a reader keeps its transaction open before the column behind it can be added. */
const readerMs = 3000;

const fill = (table: string) => `-- shipshape: backfill table=${table} key=id batch=5000
UPDATE ${table} SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL;
`;

const acts = {
  'add a column': 'ALTER TABLE hot ADD COLUMN a text;',
  'add a column behind an open reader': 'ALTER TABLE hot ADD COLUMN b text;',
  'a concurrent index': 'CREATE INDEX CONCURRENTLY hot_note ON hot (note);',
  'backfill of the whole table': fill('hot'),
} as const;

export async function run(options: readonly string[]): Promise<void> {
  const option = (name: string, usual: number) => {
    const at = options.indexOf(name);
    return at < 0 ? usual : Number(options[at + 1]);
  };
  const rows = option('--rows', 5_000_000);
  const rate = option('--rate', 400);
  const server = await startDurableServer({ max_wal_size: '4GB' });
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
  const [used, alone] = [join(folder, 'used'), join(folder, 'alone')];
  for (const each of [used, alone]) mkdirSync(each);
  console.log(`PostgreSQL ${server.version} on disk: ${rows} rows`);
  try {
    await underTraffic(await server.createDatabase(), used, rows, rate);
    await quiet(await server.createDatabase(), alone, rows);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

const make = (table: string, rows: number) =>
  `CREATE TABLE ${table} (id bigint PRIMARY KEY, note text NOT NULL, counter integer NOT NULL DEFAULT 0, n integer);
   INSERT INTO ${table} (id, note) SELECT i, md5(i::text) FROM generate_series(1, ${rows}) AS i`;

async function underTraffic(url: string, folder: string, rows: number, rate: number): Promise<void> {
  const session = await open(url);
  await session.query(make('hot', rows));
  await session.query('VACUUM ANALYZE hot');
  console.log(`${rate} transactions a second read and write it, ${clients} clients`);
  for (const [at, [name, sql]] of Object.entries(acts).entries()) {
    const traffic = startTraffic(url, rows, rate);
    await pause(2000);
    const reader = name.endsWith('open reader') ? await open(url) : null;
    await reader?.query('BEGIN; SELECT FROM hot LIMIT 1');
    const began = performance.now();
    const done = migrate(url, folder, at, sql);
    if (reader !== null) {
      await pause(readerMs);
      await reader.query('COMMIT');
      await reader.end();
    }
    await done;
    const seconds = (performance.now() - began) / 1000;
    const { count, worstMs, p99Ms } = await traffic.stop();
    const fine = worstMs <= worstGoalMs && p99Ms <= p99GoalMs;
    console.log(
      `${fine ? '✓' : '✗'} ${name.padEnd(36)} ${seconds.toFixed(1)} s; of ${count} transactions the longest took ${worstMs.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`,
    );
  }
  await session.end();
}

/** Two tables that are alike: one statement over the one, a backfill over the other, one after the other. */
async function quiet(url: string, folder: string, rows: number): Promise<void> {
  const session = await open(url);
  const prepare = async (table: string) => {
    await session.query(make(table, rows));
    await session.query(`VACUUM ANALYZE ${table}`);
    await session.query('CHECKPOINT');
  };
  await prepare('one');
  let began = performance.now();
  await session.query('UPDATE one SET n = 0 WHERE n IS NULL');
  const single = performance.now() - began;
  await session.query('DROP TABLE one');
  await prepare('two');
  began = performance.now();
  await migrate(url, folder, 0, fill('two'));
  const batched = performance.now() - began;
  const ratio = batched / single;
  console.log(
    `${ratio <= costGoal ? '✓' : '✗'} backfill of ${rows} rows, nobody else there: ${(batched / 1000).toFixed(1)} s, ${ratio.toFixed(2)} times one UPDATE (${(single / 1000).toFixed(1)} s); goal ${costGoal}`,
  );
  await session.end();
}

interface Traffic {
  stop(): Promise<{ readonly count: number; readonly worstMs: number; readonly p99Ms: number }>;
}

/** Each client begins a transaction when its time has come, and at once when it is late: a stall shows in what follows it. */
function startTraffic(url: string, rows: number, rate: number): Traffic {
  const took: number[] = [];
  const everyMs = (clients * 1000) / rate;
  let going = true;
  const work = Array.from({ length: clients }, async (_, number) => {
    const client = await open(url);
    let due = performance.now() + (everyMs * number) / clients;
    for (let turn = 0; going; turn++) {
      const early = due - performance.now();
      if (early > 0) await pause(early);
      const began = performance.now();
      const id = 1 + Math.floor(Math.random() * rows);
      await client.query(
        turn % 2 === 0
          ? 'SELECT note FROM hot WHERE id = $1'
          : 'UPDATE hot SET counter = counter + 1 WHERE id = $1',
        [id],
      );
      took.push(performance.now() - began);
      due += everyMs;
    }
    await client.end();
  });
  return {
    async stop() {
      going = false;
      await Promise.all(work);
      const sorted = took.sort((a, b) => a - b);
      return {
        count: sorted.length,
        worstMs: sorted.at(-1) ?? Number.NaN,
        p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
      };
    },
  };
}

/** As users run it, a process of its own; what is in the folder before is applied already. */
async function migrate(url: string, migrations: string, at: number, sql: string): Promise<void> {
  writeFileSync(join(migrations, `000${at + 1}_act.sql`), sql);
  const args = [command, 'migrate', '--migrations', migrations, '--url', url];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      output = `${output}${data}`.slice(-4000);
    });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (exit !== 0) throw new Error(`migrate ended with ${exit}:\n${output}`);
}

async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
