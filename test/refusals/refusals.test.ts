// docs/refusals.md, row by row: each situation is made, and `verify` and the gate say and exit what the table says.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { joinKeptServer, type KeptServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../apps/calls/src/db/schema.ts';
import { gate } from '../../packages/shipshape/src/gate/gate.ts';
import { ShipshapeError } from '../../packages/shipshape/src/report/index.ts';
import { makeSnapshot } from '../../packages/shipshape/src/snapshot/make-snapshot.ts';
import { parseSnapshot } from '../../packages/shipshape/src/snapshot/parse-snapshot.ts';
import { renderSnapshot } from '../../packages/shipshape/src/snapshot/render-snapshot.ts';
import { drizzle } from '../../packages/shipshape/src/sources/drizzle/index.ts';
import { projectRoot } from '../../scripts/copy-project.ts';
import { run } from '../incident/processes.ts';
import { readDataFolder, removeKept } from '../support/kept.ts';
import { type Situation, situations } from './situations.ts';

const document = readFileSync(join(projectRoot, 'docs/refusals.md'), 'utf8');
const rows = [...document.matchAll(/^\| ([^|]+?) \| `([a-z-]+)` \| (\d) \| (\d|-) \|/gm)].map(
  ([, situation = '', code = '', verify = '', gateExit = '']) => ({ situation, code, verify, gateExit }),
);

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'shipshape-refusals-'));
  folders.push(made);
  return made;
};
const bin = join(projectRoot, 'packages/shipshape/bin/shipshape.cjs');
let server: KeptServer;
beforeAll(async () => {
  server = await joinKeptServer({ project: folder(), database: 'template_calls' });
  const migrated = await run(process.execPath, [bin, 'migrate'], {
    cwd: projectRoot,
    env: { DATABASE_URL: server.url },
  });
  expect(migrated.code, migrated.stderr).toBe(0);
});
afterAll(async () => {
  const data = await readDataFolder(server.url);
  await server.leave();
  await removeKept(data);
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

test('the table and the situations are the same', () => {
  expect(rows.map((row) => row.situation)).toEqual(Object.keys(situations));
});

describe.each(rows)('$situation', ({ situation: name, code, verify, gateExit }) => {
  const situation = situations[name] as Situation;
  let url: string;
  let migrations: string;
  beforeAll(async () => {
    url = await makeDatabase(situation);
    migrations = makeMigrations(situation);
  });
  afterAll(() => dropDatabase());

  test('verify', async () => {
    const { elsewhere, flags = elsewhere ? [] : ['--migrations', migrations] } = situation;
    const args = [bin, 'verify', '--json', ...flags.map((each) => each.replace('<root>', projectRoot))];
    const {
      code: exit,
      stdout,
      stderr,
    } = await run(process.execPath, args, {
      cwd: elsewhere ? folder() : projectRoot,
      env: { DATABASE_URL: url },
    });
    const report = JSON.parse(stdout) as { verdict: string | null; findings: { code: string; do: string }[] };
    const told = report.findings.find((each) => each.code === code);
    expect(
      report.findings.map((each) => each.code),
      stderr,
    ).toContain(code);
    expect(told?.do).not.toBe('');
    expect(exit).toBe(Number(verify));
    expect(report.verdict === 'agreed').toBe(verify === '0');
    expect(`${stdout}${stderr}`).not.toMatch(new RegExp(new URL(server.url).password));
  });

  if (gateExit === '-') return;
  test('gate', async () => {
    const snapshotFile = join(migrations, 'shipshape.snapshot.json');
    const judged = await judgeByGate(url, snapshotFile, situation.models !== false);
    expect(judged.codes).toContain(code);
    expect(judged.exit).toBe(Number(gateExit));
  });
});

async function judgeByGate(url: string, snapshotFile: string, withModels: boolean) {
  try {
    const { findings } = await gate({
      application: 'calls',
      ...(withModels ? { source: drizzle({ schema }) } : {}),
      connection: url,
      snapshotFile,
    });
    return { exit: 0, codes: findings.map((each) => each.code) };
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return { exit: error.exit, codes: error.findings.map((each) => each.code) };
  }
}

async function makeDatabase({ migrated, prepare, connect }: Situation): Promise<string> {
  const url = new URL(server.url);
  await asOwner(
    url,
    (client) =>
      client.query(`CREATE DATABASE situation ${migrated === false ? '' : 'TEMPLATE template_calls'}`),
    'postgres',
  );
  url.pathname = '/situation';
  if (prepare !== undefined) await asOwner(url, prepare);
  connect?.(url);
  return url.href;
}

async function dropDatabase(): Promise<void> {
  await asOwner(
    new URL(server.url),
    async (client) => {
      await client.query('DROP DATABASE situation WITH (FORCE)');
      await client.query('DROP ROLE IF EXISTS app');
    },
    'postgres',
  );
}

async function asOwner(
  url: URL,
  work: (client: pg.Client) => Promise<unknown>,
  database?: string,
): Promise<void> {
  const at = new URL(url);
  if (database !== undefined) at.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The project's migrations, or a copy without a snapshot, or with one more file than its snapshot knows. */
function makeMigrations({ snapshot }: Situation): string {
  const own = join(projectRoot, 'apps/calls/migrations');
  if (snapshot === undefined) return own;
  const copy = join(folder(), 'migrations');
  cpSync(own, copy, { recursive: true });
  const file = join(copy, 'shipshape.snapshot.json');
  if (snapshot === 'missing') rmSync(file);
  else makeStale(file);
  return copy;
}

/** As after a merge that brought a table and its migration, and forgot the snapshot. */
function makeStale(file: string): void {
  const kept = parseSnapshot(readFileSync(file), file);
  const made = (name: string) => kept.provenance[`table public.${name}`] === kept.migrations.at(-1)?.id;
  const known = (name: string | undefined) => name === undefined || !made(name);
  const older = makeSnapshot({
    ...kept,
    migrations: kept.migrations.slice(0, -1),
    catalog: {
      objects: kept.catalog.objects.filter((each) =>
        known('table' in each ? each.table : 'name' in each ? each.name : undefined),
      ),
    },
    need: { ...kept.need, tables: kept.need.tables.filter((table) => known(table.name)) },
  });
  writeFileSync(file, renderSnapshot(older));
}
