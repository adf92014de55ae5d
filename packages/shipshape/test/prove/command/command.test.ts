// check with the team's own command: real tools on a scratch database, and what is said when they fail.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { check } from '../../../src/prove/check.ts';
import { writeSnapshot } from '../../../src/prove/write-snapshot.ts';
import { type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';

const cases = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const copies: string[] = [];
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});

/** Beside the cases, so that the tools are found in node_modules. */
function open(name: string, files: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(cases, '../.copy-'));
  copies.push(root);
  cpSync(join(cases, name), root, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  const folder = join(root, 'migrations');
  return (command: string, timeoutSeconds?: number) => ({
    source: drizzle({ schema: 'schema.ts', root }),
    folder,
    snapshotFile: join(folder, 'shipshape.snapshot.json'),
    replay: { command, cwd: root, timeoutSeconds },
  });
}

const errorsOf = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity === 'error');

async function refusalOf(work: Promise<unknown>): Promise<Finding> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ShipshapeError)) throw new Error(`no ShipshapeError but ${JSON.stringify(error)}`);
  expect(error.findings).toHaveLength(1);
  return error.findings[0] as Finding;
}

/** The line of traps.md that a case holds. */
const titleOf = (name: string) => name.replace(/^running-(\d)--/, 'running $1: ').replaceAll('-', ' ');
const passing = readdirSync(cases).filter((name) => !name.endsWith('that-waits-for-the-first'));

describe.each(passing.map((name) => [titleOf(name), name] as const))('%s', (_, name) => {
  test('builds what the models declare, and the snapshot knows the migrations', async () => {
    const options = open(name)(`DB_DIALECT=postgres node migrate.mjs`);
    const { outcome, snapshot, findings } = await writeSnapshot(options);
    expect(errorsOf(findings)).toEqual([]);
    expect(outcome).toBe('written');
    const files = readdirSync(join(cases, name, 'migrations')).filter((file) => !file.endsWith('.json'));
    expect(snapshot.migrations.map(({ id }) => id)).toEqual(files.map((file) => file.replace(/\.\w+$/, '')));
    // What a tool keeps for itself is no unmapped table.
    expect(findings.filter(({ address }) => address?.kind === 'table')).toEqual([]);
    const again = await check(options);
    expect(again.findings.filter(({ code }) => code !== 'unmapped-object')).toEqual([]);
  });
});

describe('running 2: a second connection that waits for the first', () => {
  test('is stopped after the limit, and who waits for whom is said', async () => {
    const options = open('running-2--a-second-connection-that-waits-for-the-first')('node migrate.mjs', 8);
    const { code, what, because } = await refusalOf(check(options));
    expect(code).toBe('replay-hung');
    expect(what).toBe('"node migrate.mjs" did not end within 8 s and was stopped');
    expect(because).toMatch(
      /pid (\d+) idle in transaction for \d+ s, after: alter table "users" add column "email" text/,
    );
    expect(because).toMatch(/pid \d+ waits for pid \d+ for \d+ s, in: update "users" set "id" = \$1/);
    expect(because).toMatch(/it said: filling the new column$/);
  });

  test('leaves no process behind', async () => {
    const options = open('running-3--kysely-and-its-own-migrator', {
      'sleep.sh': 'echo $$ > pid; sleep 600 & wait\n',
    })('sh sleep.sh', 0.5);
    const finding = await refusalOf(check(options));
    expect(finding.because).toBe('it had no session on the server');
    const pid = readFileSync(join(options.replay.cwd, 'pid'), 'utf8').trim();
    // Gone, or dead and not yet fetched by the one who inherits it.
    const state = existsSync(`/proc/${pid}/stat`)
      ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2]
      : 'Z';
    expect(state).toBe('Z');
  });
});

describe('a command', () => {
  const name = 'running-3--scripts-of-the-project-and-its-environment';

  test('that fails is told with the last lines it printed, and without the password it was given', async () => {
    const options = open(name)('echo "$DATABASE_URL" && DB_DIALECT=sqlite node migrate.mjs');
    const { code, what, because } = await refusalOf(check(options));
    expect(code).toBe('replay-failed');
    expect(what).toMatch(/ended with code 1 on an empty database$/);
    expect(because).toMatch(
      /^it said: postgres:\/\/postgres:…@127\.0\.0\.1:\d+\/\S+ \| .*Error: no migrations for sqlite/,
    );
  });

  test('that is not there is told as the shell tells it', async () => {
    const { code, because } = await refusalOf(check(open(name)('no-such-tool up')));
    expect(code).toBe('replay-failed');
    expect(because).toContain('no-such-tool');
  });

  test('that builds nothing went elsewhere, or found nothing', async () => {
    const nothing = await refusalOf(check(open(name)('true')));
    expect(nothing.code).toBe('replay-built-nothing');
    expect(nothing.because).toContain('may have migrated another database');
    const ledger = open(name, {
      'ledger.mjs': `import pg from 'pg';
        const client = new pg.Client();
        await client.connect();
        await client.query('CREATE TABLE knex_migrations (id int)');
        await client.end();`,
    });
    const { what, because } = await refusalOf(check(ledger('node ledger.mjs')));
    expect(what).toContain('(knex_migrations)');
    expect(because).toBe('it found no migration to run');
  });

  test('with {migration} in it is run for each, and then it is known which made what', async () => {
    const options = open(name)('node migrations/{migration}.mjs');
    const { snapshot } = await writeSnapshot(options);
    expect(snapshot.provenance).toMatchObject({
      'table public.users': '1_first',
      'column public.users.email': '2_email',
    });
  });

  test('reaches the database by its password only, as often at once as it likes', async () => {
    const files = {
      'knock.mjs': `import pg from 'pg';
        const wrong = new pg.Client({ password: process.env.PGPASSWORD.toUpperCase() + 'x' });
        const refusal = await wrong.connect().catch((error) => error);
        if (refusal.code !== '28P01') throw new Error('let in without the password');
        const clients = Array.from({ length: 8 }, () => new pg.Client(process.env.DATABASE_URL));
        await Promise.all(clients.map((client) => client.connect()));
        const sleeping = clients[0].query('SELECT pg_sleep(60)').catch((error) => error.code);
        await clients[1].query('CREATE TABLE users (id serial PRIMARY KEY, email text)');
        for (let cancelled = false; !cancelled; ) {
          const { rows } = await clients[2].query('SELECT pg_cancel_backend($1) AS done', [clients[0].processID]);
          cancelled = rows[0].done && (await Promise.race([sleeping, clients[3].query('SELECT 1')])) === '57014';
        }
        await Promise.all(clients.map((client) => client.end()));`,
    };
    const { findings } = await writeSnapshot(open(name, files)('node knock.mjs'));
    expect(errorsOf(findings)).toEqual([]);
  });

  test('gets no answer to a question', async () => {
    const options = open(name)('read answer || { echo "no answer" >&2; exit 3; }');
    expect((await refusalOf(check(options))).because).toBe('it said: no answer');
  });

  test('is asked for where the migrations are programs', async () => {
    const { replay: _, ...options } = open('running-2--a-second-connection-inside-a-transaction')('');
    const { code, do: act } = await refusalOf(check(options));
    expect(code).toBe('folder-of-scripts');
    expect(act).toBe('npx shipshape check --replay "npx knex migrate:latest"');
  });
});
