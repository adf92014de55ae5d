// The kept server: who shares it, when it ends, what it remembers, and how it recovers from a violent end.
import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readProcess } from '../src/system/processes.ts';
import { type Actor, endActors, findProcesses, startActor } from './actor.ts';

interface Joined {
  readonly url: string;
  readonly started: boolean;
}

// Six starts at once on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

/** One cluster for most tests: making one is what takes time. */
let home: string;
let options: { project: string; database: string };
let env: NodeJS.ProcessEnv;
/** Where the server keeps its cluster; known once somebody has connected. */
let data = '';
const folders = new Set<string>();

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'kept-'));
  // A user's databases are then in here; root's are in /var/lib/shipshape.
  env = { ...process.env, XDG_STATE_HOME: join(home, 'state') };
});

beforeEach(() => {
  options = { project: home, database: 'app' };
});

afterEach(async () => {
  endActors();
  if (data !== '') await expectNoServer();
});

afterAll(() => {
  for (const folder of [...folders, home]) rmSync(folder, { recursive: true, force: true });
});

/** Joins as the given process, or a new one. */
async function joinAs(actor?: Actor, kept = options): Promise<Actor & Joined> {
  const user = actor ?? (await startActor({ env }));
  const joined = await user.ask<Joined>('join', kept);
  const [row] = await query<{ data: string }>(joined.url, `SELECT current_setting('data_directory') AS data`);
  data = row!.data;
  folders.add(dirname(data));
  return { ...user, ...joined };
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const fill = 'DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 1 AS id';

const findPostmasters = () => findProcesses(data).filter((found) => found.args.includes('-D'));

async function expectNoServer(): Promise<void> {
  await expect.poll(() => findProcesses(dirname(data)), { timeout: 15_000 }).toEqual([]);
}

describe('sharing', () => {
  test('two processes share one server; it outlives the first by kill -9 and ends with the last', async () => {
    const first = await joinAs();
    await query(first.url, fill);
    const second = await joinAs();
    expect([first.started, second.started]).toEqual([true, false]);
    expect(second.url).toBe(first.url);
    const [postmaster] = findPostmasters();
    first.killGroup();
    await expect.poll(() => readProcess(first.child.pid!), { timeout: 10_000 }).toBeNull();
    expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    expect(findPostmasters().map((found) => found.pid)).toEqual([postmaster!.pid]);
    second.kill();
    await expectNoServer();
  });

  test('its data, password and port are there again at the next start', async () => {
    const first = await joinAs();
    await query(first.url, fill);
    await first.ask('leave');
    await expectNoServer();
    const again = await joinAs();
    expect([again.started, again.url]).toEqual([true, first.url]);
    expect(await query(again.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('neither the user who started it nor one who joined is kept alive by it', async () => {
    const users = [await joinAs(), await joinAs()];
    for (const user of users) {
      const ended = new Promise((resolve) => user.child.once('exit', resolve));
      user.ask('end').catch(() => undefined);
      expect(await ended).toBe(0);
    }
    await expectNoServer();
  });

  test('six that start at once in a new project, by whatever path, get one server and leave none', async () => {
    const project = mkdtempSync(join(home, 'project-'));
    symlinkSync(project, `${project}-link`);
    const actors = await Promise.all([1, 2, 3, 4, 5, 6].map(() => startActor({ env })));
    const users = await Promise.all(
      actors.map((actor, index) =>
        joinAs(actor, { ...options, project: index % 2 ? project : `${project}-link` }),
      ),
    );
    expect(new Set(users.map((user) => user.url)).size).toBe(1);
    expect(users.filter((user) => user.started)).toHaveLength(1);
    expect(findPostmasters()).toHaveLength(1);
    for (const user of users) user.kill();
    await expectNoServer();
    const hash = basename(dirname(data));
    expect(readdirSync(dirname(dirname(data))).filter((name) => name.startsWith(hash))).toEqual([hash]);
  });

  test('a server whose starter is killed the moment it runs is joined or replaced, never doubled', async () => {
    const [starter, other] = await Promise.all([startActor({ env }), startActor({ env })]);
    await joinAs(other).then((user) => user.ask('leave'));
    await expectNoServer();
    starter.ask('join', options).catch(() => undefined);
    await expect.poll(() => findPostmasters().length, { interval: 5, timeout: 20_000 }).toBe(1);
    starter.killGroup();
    await joinAs(other);
    expect(findPostmasters()).toHaveLength(1);
  });

  test('it is found without being started or held', async () => {
    const looker = await startActor({ env });
    expect(await looker.ask('find', options)).toBeNull();
    const user = await joinAs();
    expect(await looker.ask('find', options)).toEqual({ url: user.url });
    user.kill();
    await expectNoServer();
    expect(await looker.ask('find', options)).toBeNull();
  });
});

describe('access', () => {
  test('only the generated password opens it, and only its owner can read that', async () => {
    const user = await joinAs();
    const stranger = new URL(user.url);
    stranger.password = 'guessed';
    await expect(query(stranger.href, 'SELECT')).rejects.toMatchObject({ code: '28P01' });
    const folder = dirname(data);
    const { password } = new URL(user.url);
    expect(readFileSync(join(folder, 'access.json'), 'utf8')).toContain(password);
    expect(statSync(join(folder, 'access.json')).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) {
      if (name !== 'data') expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    }
    expect(readFileSync(join(folder, 'server.log'), 'utf8')).toContain('password authentication failed');
    expect(readFileSync(join(folder, 'server.log'), 'utf8')).not.toContain(password);
    for (const { args } of findProcesses(folder)) expect(args.join(' ')).not.toContain(password);
  });

  test('it listens on loopback only, as a role of its own, and makes every database that is asked for', async () => {
    const user = await joinAs();
    const other = await joinAs(undefined, { ...options, database: 'an "odd" name' });
    const shown = `SELECT current_user AS role, current_database() AS database, host(inet_server_addr()) AS host,
      current_setting('listen_addresses') AS listens, current_setting('fsync') AS fsync`;
    const expected = { role: 'postgres', host: '127.0.0.1', listens: '127.0.0.1', fsync: 'on' };
    expect(await query(user.url, shown)).toEqual([{ ...expected, database: 'app' }]);
    expect(await query(other.url, shown)).toEqual([{ ...expected, database: 'an "odd" name' }]);
  });

  test('when its port was taken meanwhile it takes another', async () => {
    const user = await joinAs();
    const { port } = new URL(user.url);
    await user.ask('leave');
    await expectNoServer();
    const thief = createServer().listen(Number(port), '127.0.0.1');
    try {
      const again = await joinAs();
      expect(new URL(again.url).port).not.toBe(port);
    } finally {
      thief.close();
    }
  });
});

describe('recovery', () => {
  test('when the keeper is killed its users are told, and whoever joins next starts anew with the data', async () => {
    const [first, second] = [await joinAs(), await joinAs()];
    await query(first.url, fill);
    const [orphan] = findPostmasters();
    process.kill(orphan!.parent, 'SIGKILL');
    expect(await Promise.all([first.lost, second.lost])).toEqual(['embedded-lost', 'embedded-lost']);
    expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    const [again, another] = await Promise.all([joinAs(first), joinAs(second)]);
    expect([again.started, another.started].toSorted()).toEqual([false, true]);
    expect(findPostmasters().map((found) => found.pid)).not.toEqual([orphan!.pid]);
    expect(findPostmasters()).toHaveLength(1);
    expect(await query(again.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('when the server itself is killed, what was committed is there after the next join', async () => {
    const user = await joinAs();
    await query(user.url, fill);
    process.kill(findPostmasters()[0]!.pid, 'SIGKILL');
    expect(await user.lost).toBe('embedded-lost');
    const again = await joinAs(user);
    expect(await query(again.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test.for(['empty', 'not a number', 'the pid of another program of the same account'] as const)(
    'a postmaster.pid that is left %s does not keep it from starting',
    async (content) => {
      await joinAs().then((user) => user.ask('leave'));
      await expectNoServer();
      const { uid, gid } = statSync(data);
      const stranger = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore' });
      try {
        const file = join(data, 'postmaster.pid');
        const text = { empty: '', 'not a number': 'x' }[content as 'empty'] ?? `${stranger.pid}\n${data}\n`;
        writeFileSync(file, text);
        expect(await joinAs()).toMatchObject({ started: true });
        expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${findPostmasters()[0]!.pid}\n`));
        expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
      } finally {
        stranger.kill('SIGKILL');
      }
    },
  );

  test('the data of another major version is refused with its place named', async () => {
    await joinAs().then((user) => user.ask('leave'));
    await expectNoServer();
    const file = join(data, 'PG_VERSION');
    const version = readFileSync(file);
    writeFileSync(file, '17\n');
    try {
      await expect(joinAs()).rejects.toMatchObject({
        code: 'embedded-version-mismatch',
        do: expect.stringContaining(dirname(data)),
      });
    } finally {
      writeFileSync(file, version);
    }
  });
});
