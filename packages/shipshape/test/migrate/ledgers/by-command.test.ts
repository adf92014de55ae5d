// Folders of programs, applied by the team's own command while we hold the lock.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dryRun } from '../../../src/deploy/dry-run.ts';
import { type MigrateOptions, migrateDatabase } from '../../../src/deploy/migrate.ts';
import type { RunEvent, RunResult } from '../../../src/migrate/run-order.ts';
import { parseTarget } from '../../../src/postgres/parse-target.ts';
import { column, until, useWorld } from '../world.ts';
import { matrix, tools } from './tools.ts';

const world = useWorld();
const isInstalled = existsSync(join(matrix, 'knex'));
const root = join(import.meta.dirname, '../../../../..');
const programs = ['Knex', 'TypeORM', 'MikroORM', 'Sequelize', 'Kysely'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipshape-command-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const toolNamed = (name: string) => tools.find((each) => each.name === name)!;
const commandOf = (name: string) =>
  `node_modules/.bin/jiti packages/shipshape/test/migrate/ledgers/apply.ts ${name} ${folder}`;

async function migrate(
  url: string,
  command: string | null,
  changes: Partial<MigrateOptions> = {},
): Promise<RunResult & { readonly events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  const result = await migrateDatabase({
    target: parseTarget(url, {}),
    folder,
    snapshotFile: join(folder, 'none.json'),
    ...(command === null ? {} : { replay: { command, cwd: root } }),
    on: (event) => events.push(event),
    ...changes,
  });
  return { ...result, events };
}

const errorsOf = ({ findings }: RunResult) => findings.filter(({ severity }) => severity === 'error');

describe.runIf(isInstalled).each(tools.filter(({ name }) => programs.includes(name)))(
  '$name',
  ({ name, write, apply }) => {
    test('applies what is pending, and its table says so', async () => {
      const { url, session } = await world.database();
      write(folder, 1);
      await apply(folder, url);
      const later = [write(folder, 2), write(folder, 3)];
      const ran = await migrate(url, commandOf(name));
      expect(errorsOf(ran)).toEqual([]);
      expect(ran).toMatchObject({ exit: 0, left: [], applied: later.map((id) => ({ id })) });
      expect(await column(session, "SELECT to_regclass('t3')::text")).toEqual(['t3']);
      expect(await migrate(url, commandOf(name))).toMatchObject({ exit: 0, applied: [] });
    });
  },
);

describe('the command', () => {
  const { write } = toolNamed('Knex');

  test('without one it is said what to give, and with nothing pending none is asked for', async () => {
    const { url } = await world.database();
    write(folder, 1);
    const ran = await migrate(url, null);
    expect(ran).toMatchObject({ exit: 2, applied: [] });
    expect(errorsOf(ran)).toMatchObject([
      { code: 'folder-of-scripts', do: 'npx shipshape migrate --replay "npx knex migrate:latest"' },
    ]);
    const target = parseTarget(url, {});
    await expect(dryRun({ target, folder })).rejects.toMatchObject({ exit: 2 });
    const told = await dryRun({ target, folder, replay: { command: 'npm run up', cwd: root } });
    expect(told).toMatchObject({ exit: 0, pending: [{ command: 'npm run up', statements: [] }] });
  });

  test('that fails is exit 6, with its last words and without the password', async () => {
    const { url, session } = await world.database();
    const id = write(folder, 1);
    const target = { ...parseTarget(url, {}), password: () => 'secret of theirs' };
    const ran = await migrate(url, 'echo "$DATABASE_URL $PGPASSWORD is no good" >&2; exit 7', { target });
    expect(ran).toMatchObject({ exit: 6, applied: [], left: [id] });
    const [finding] = errorsOf(ran);
    expect(finding?.what).toMatch(/ended with code 7$/);
    expect(finding?.because).toContain('is no good');
    expect(finding?.because).not.toMatch(/secret.of.theirs|secret%20of/);
    // Nothing is held any more.
    expect(await column(session, 'SELECT expires_at FROM shipshape.lease')).toEqual([-Infinity]);
  });

  test('that ends well and applies nothing here is told', async () => {
    const { url } = await world.database();
    const id = write(folder, 1);
    const ran = await migrate(url, 'true');
    expect(ran).toMatchObject({ exit: 6, left: [id] });
    expect(errorsOf(ran)).toMatchObject([{ code: 'command-left-pending' }]);
  });

  test('is given an address, a lock_timeout, and the right to migrate alone', async () => {
    const { url, session } = await world.database();
    write(folder, 1);
    const said = join(folder, 'said.txt');
    await migrate(url, `echo "$PGOPTIONS" > ${said}; test -n "$DATABASE_URL"`, { lockTimeoutMs: 321 });
    expect(readFileSync(said, 'utf8')).toContain('-c lock_timeout=321');
    const go = join(folder, 'go');
    const first = migrate(url, `while ! test -e ${go}; do sleep 0.05; done`);
    await until(
      async () =>
        (await column(session, 'SELECT 1 FROM shipshape.lease WHERE expires_at > now()')).length === 1,
      'the first holds the lease',
    );
    const second = await migrate(url, 'true', { waitSeconds: 1 });
    expect(errorsOf(second)).toMatchObject([{ code: 'runner-busy' }]);
    writeFileSync(go, '');
    await first;
  });

  test('that hangs is ended, and who waits for whom is said', async () => {
    const { url, session } = await world.database();
    const id = write(folder, 1);
    await session.query('CREATE TABLE held ()');
    await session.query('BEGIN; LOCK held');
    const other = await world.connect(url);
    const waiting = other.query('SELECT FROM held');
    const ran = await migrate(url, 'sleep 60', {
      replay: { command: 'sleep 60', cwd: root, timeoutSeconds: 1 },
    });
    await session.query('ROLLBACK');
    await waiting;
    expect(ran).toMatchObject({ exit: 6, left: [id] });
    expect(errorsOf(ran)).toMatchObject([
      { code: 'command-hung', because: expect.stringMatching(/pid \d+ waits for pid \d+ for/) },
    ]);
  });

  test('is ended by Ctrl-C, and what was applied is said', async () => {
    const { url } = await world.database();
    const id = write(folder, 1);
    const controller = new AbortController();
    const ran = await migrate(url, 'sleep 60', {
      signal: controller.signal,
      on: (event) => {
        if (event.kind === 'command') controller.abort();
      },
    });
    expect(ran).toMatchObject({ exit: 6, left: [id] });
    expect(errorsOf(ran)).toMatchObject([{ code: 'migration-interrupted' }]);
  });

  test('is called again while a lock does not come in time', async () => {
    const { url } = await world.database();
    write(folder, 1);
    const count = join(folder, 'count.txt');
    const ran = await migrate(url, `echo x >> ${count}; echo "error 55P03"; test $(wc -l < ${count}) = 3`);
    expect(readFileSync(count, 'utf8')).toBe('x\nx\nx\n');
    expect(errorsOf(ran)).toMatchObject([{ code: 'command-left-pending' }]);
  });
});
