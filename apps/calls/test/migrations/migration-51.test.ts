// Migration 51 by running it: nine columns with their types and defaults, twice, broken half-way, over a column that is there.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { projectRoot } from '../../../../scripts/copy-project.ts';
import { type RunResult, run } from '../../../../test/incident/processes.ts';

const migrations = join(projectRoot, 'apps/calls/migrations');
const id = '0051_call_log_cost_metrics';
const nine = [
  ['estimated_cost_bucket', 'character varying(16)', null],
  ['recording_count', 'integer', '0'],
  ['recording_mode', 'character varying(32)', null],
  ['stream_connect_count', 'integer', '0'],
  ['stream_duration_sec', 'double precision', null],
  ['stream_ended_at', 'timestamp without time zone', null],
  ['stream_started_at', 'timestamp without time zone', null],
  ['webhook_11205_count', 'integer', '0'],
  ['webhook_retry_count', 'integer', '0'],
] as const;

let server: ScratchServer;
let folder: string;
let url: string;
let client: pg.Client;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shipshape-migration-51-'));
  url = await server.createDatabase();
  client = new pg.Client({ connectionString: url });
  await client.connect();
  take('0050_baseline.sql');
  expect((await migrate()).code).toBe(0);
  await client.query("insert into business (name) values ('kept')");
  await client.query(
    `insert into call_log (business_id, call_sid, status)
     select 1, 'CA' || md5(n::text), 'completed' from generate_series(1, 500) n`,
  );
});
afterEach(async () => {
  await client.end();
  rmSync(folder, { recursive: true });
});

function take(...names: readonly string[]): void {
  for (const name of names) cpSync(join(migrations, name), join(folder, name));
}

function migrate(): Promise<RunResult> {
  const args = [join(projectRoot, 'packages/shipshape/bin/shipshape.cjs'), 'migrate', '--migrations', folder];
  return run(process.execPath, args, { cwd: projectRoot, env: { DATABASE_URL: url } });
}

async function readNine(): Promise<readonly (readonly [string, string, string | null])[]> {
  const { rows } = await client.query<{ name: string; type: string; default: string | null }>(
    `select attname as name, format_type(atttypid, atttypmod) as type, pg_get_expr(adbin, adrelid) as default
     from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attrelid = 'call_log'::regclass and attname = any($1) and not attisdropped order by attname`,
    [nine.map(([name]) => name)],
  );
  return rows.map((row) => [row.name, row.type, row.default]);
}

async function checksum(): Promise<string> {
  const { rows } = await client.query(
    'select md5(string_agg(business_id || call_sid || status || created_at, $1 order by id)) as sum from call_log',
    ['|'],
  );
  return rows[0].sum;
}

test('adds exactly nine columns, says so one by one, and keeps every row', async () => {
  take(`${id}.sql`, 'shipshape.snapshot.json');
  const before = await checksum();
  const { code, stdout } = await migrate();
  expect(code).toBe(0);
  expect(await readNine()).toEqual(nine);
  const added = stdout.split('\n').filter((line) => /added call_log\./.test(line));
  expect(added).toHaveLength(9);
  expect(added[0]).toContain('added call_log.recording_mode varchar(32)');
  expect(stdout).toContain(`${id} applied`);
  expect(await checksum()).toBe(before);
  const { rows } = await client.query('select distinct recording_count, recording_mode from call_log');
  expect(rows).toEqual([{ recording_count: 0, recording_mode: null }]);
});

test('a second run has nothing to do, and the file itself may run twice', async () => {
  take(`${id}.sql`);
  expect((await migrate()).code).toBe(0);
  const again = await migrate();
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('nothing to do');
  await client.query('delete from shipshape.ledger where id = $1', [id]);
  const repeated = await migrate();
  expect(repeated.code).toBe(0);
  expect(repeated.stdout).toContain('call_log.recording_mode was already there');
  expect(await readNine()).toEqual(nine);
});

test('broken half-way it leaves nothing behind, and says where it broke', async () => {
  cpSync(join(migrations, `${id}.sql`), join(folder, `${id}.sql`));
  const file = join(folder, '0051_broken.sql');
  rmSync(join(folder, `${id}.sql`));
  writeFileSync(
    file,
    'alter table call_log add column recording_mode varchar(32);\nalter table call_log add column recording_mode text;\n',
  );
  const before = await checksum();
  const { code, stderr, stdout } = await migrate();
  expect(code).toBe(6);
  expect(`${stdout}${stderr}`).toContain('0051_broken.sql:2');
  expect(await readNine()).toEqual([]);
  expect(await checksum()).toBe(before);
  const { rows } = await client.query("select id from shipshape.ledger where id like '0051%'");
  expect(rows).toEqual([]);
});

test('a column that is there with another type is refused, not accepted', async () => {
  await client.query('alter table call_log add column stream_started_at text');
  take(...readdirSync(migrations));
  const { code, stderr, stdout } = await migrate();
  expect(code).toBe(6);
  expect(`${stdout}${stderr}`).toMatch(/call_log\.stream_started_at[\s\S]*timestamp without time zone/);
  expect((await readNine()).map(([name]) => name)).toEqual(['stream_started_at']);
});
