// What a command loads: a migration must not need the ORM, nor a web framework, nor a compiler.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project, shipshape } from './shipshape-process.ts';

let server: ScratchServer;
let project: Project;
beforeAll(async () => {
  server = await startScratchServer();
  project = makeProject();
});
afterAll(async () => {
  await server.stop();
  project.remove();
});

interface Loaded {
  readonly exit: number | null;
  /** Names of packages, those of this repository not among them. */
  readonly packages: readonly string[];
  /** Files of this package's build, relative to it. */
  readonly own: readonly string[];
}

const bundle = join(dirname(fileURLToPath(import.meta.url)), '../../dist/command');
const contents = JSON.parse(readFileSync(join(bundle, 'modules.json'), 'utf8')) as Record<string, string[]>;

/** The modules that a file of the build holds: the command line is put together as a few files. */
function modulesOf(file: string): readonly string[] {
  return contents[file.replace(/^command\//, '')] ?? [file];
}

const isDriver = /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/;

/** Every script that V8 ran, as its own coverage lists them: ESM and CommonJS alike. */
async function loadedBy(args: readonly string[], env: Record<string, string> = {}): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-loaded-'));
  const { exit } = await shipshape(args, {
    cwd: project.folder,
    env: { ...env, NODE_V8_COVERAGE: folder },
  });
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
  rmSync(folder, { recursive: true });
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  const own = urls
    .flatMap((url) => /packages\/shipshape\/dist\/(.*)/.exec(url)?.[1] ?? [])
    .flatMap(modulesOf);
  return { exit, packages: [...new Set(packages)].sort(), own };
}

test.each([['--version'], ['--help'], ['explain', 'server-unreachable']])(
  '%s %s loads the command line and nothing else',
  async (...args) => {
    const { exit, packages } = await loadedBy(args);
    expect({ exit, packages }).toEqual({ exit: 0, packages: [] });
  },
);

test('migrate by a snapshot loads the driver and nothing else, not even the parser of SQL', async () => {
  const [scratch, url] = [await server.createDatabase(), await server.createDatabase()];
  const env = { DATABASE_URL: url };
  expect((await shipshape(['snapshot'], { cwd: project.folder, env: { DATABASE_URL: scratch } })).exit).toBe(
    0,
  );
  const { exit, packages, own } = await loadedBy(['migrate'], env);
  rmSync(join(project.folder, 'migrations/shipshape.snapshot.json'));
  expect(exit).toBe(0);
  expect(packages.filter((name) => !isDriver.test(name))).toEqual([]);
  expect(own).not.toContain('migrate/words/objects.js');
});

test('migrate without a snapshot loads the driver and the parser of SQL: no ORM, no web framework, no compiler', async () => {
  const url = await server.createDatabase();
  const { exit, packages, own } = await loadedBy(['migrate'], { DATABASE_URL: url });
  expect(exit).toBe(0);
  const foreign = packages.filter((name) => !isDriver.test(name));
  expect(foreign).toEqual(['@pgsql/types', 'libpg-query']);
  expect(own.filter((file) => /^(sources|code|gate|prove|elaborate|integrations)\//.test(file))).toEqual([]);
});

test('the driver is loaded without fetch, which Node would make of forty files', () => {
  const connect = new URL('../../dist/postgres/connect.js', import.meta.url);
  const asked = `
    const { connect } = await import(${JSON.stringify(connect.href)});
    await connect('postgres://nobody@127.0.0.1:1/nowhere').catch(() => undefined);
    const loaded = process.moduleLoadList.filter((name) => name.includes('undici'));
    const navigator = process.versions.node.startsWith('20.') && 'navigator' in globalThis;
    console.log(JSON.stringify({ loaded, navigator }));`;
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', asked], { encoding: 'utf8' });
  expect(JSON.parse(told)).toEqual({ loaded: [], navigator: false });
});

test('verify of a database that agrees loads no compiler, although the models are TypeScript', async () => {
  const url = await server.createDatabase();
  expect((await loadedBy(['migrate'], { DATABASE_URL: url })).exit).toBe(0);
  const { exit, packages } = await loadedBy(['verify'], { DATABASE_URL: url });
  expect(exit).toBe(0);
  expect(packages).toContain('jiti');
  expect(packages).not.toContain('typescript');
});

test('verify loads no parser of SQL and no server', async () => {
  const url = await server.createDatabase();
  const { exit, packages } = await loadedBy(['verify'], { DATABASE_URL: url });
  expect(exit).toBe(4);
  expect(packages).toContain('drizzle-orm');
  for (const name of ['libpg-query', 'shipshape-embedded', 'fastify']) expect(packages).not.toContain(name);
});
