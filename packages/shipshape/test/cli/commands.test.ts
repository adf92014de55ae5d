// The command line as a process: what needs no database of its own.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin, makeFolder, makeProject, type Project, packageFolder, shipshape } from './shipshape-process.ts';

let place: Project;
beforeEach(() => {
  place = makeFolder();
});
afterEach(() => place.remove());

const run = (...args: string[]) => shipshape(args, { cwd: place.folder });
const packageJson = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  version: string;
};

describe('help', () => {
  test('--version is that of the package', async () => {
    expect(await run('--version')).toEqual({ exit: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  });

  test('--help names every command, flag and exit code', async () => {
    const { exit, stdout, stderr } = await run('--help');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    for (const command of 'migrate verify check snapshot status describe url explain init'.split(' '))
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    for (const flag of 'json config url migrations drizzle dotenv snapshot embedded scratch'.split(' '))
      expect(stdout).toContain(`--${flag}`);
    for (const code of [0, 1, 2, 3, 4, 5, 6]) expect(stdout).toMatch(new RegExp(`^  ${code}   \\S`, 'm'));
    for (const variable of ['DATABASE_URL', 'SHIPSHAPE_SCRATCH_URL']) expect(stdout).toContain(variable);
  });

  test('of a command names its own flags and those of all', async () => {
    const { exit, stdout } = await run('migrate', '--help');
    expect(exit).toBe(0);
    for (const flag of ['--dry-run', '--wait <seconds>', '--json']) expect(stdout).toContain(flag);
  });

  test('is what a call without a command gets, on stderr, and nothing was done', async () => {
    const { exit, stdout, stderr } = await run();
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: shipshape/);
  });
});

describe('asked wrongly is exit 2:', () => {
  test.each([
    [['migrat'], "unknown command 'migrat' (Did you mean migrate?)", 'npx shipshape migrate'],
    [['frobnicate'], "unknown command 'frobnicate'", 'npx shipshape --help'],
    [['verify', '--jsn'], "unknown option '--jsn' (Did you mean --json?)", 'npx shipshape --help'],
    [['describe'], "missing required argument 'table'", 'npx shipshape --help'],
    [['verify', 'what'], 'too many arguments', 'npx shipshape --help'],
    [['migrate', '--wait', 'long'], 'It has to be a number of seconds', 'npx shipshape --help'],
    [['describe', 'a.b.c'], '"a.b.c" is no name of a table', 'npx shipshape describe schema.table'],
    [
      ['explain', 'databse-missing'],
      'did you mean database-missing?',
      'npx shipshape explain database-missing',
    ],
    [['explain', 'nonsense'], 'there is no code "nonsense"', 'npx shipshape explain     lists them all'],
    [['check', '--dotenv', 'missing.env'], 'missing.env cannot be read (ENOENT)', 'correct --dotenv'],
  ])('%j', async (args, what, act) => {
    const { exit, stdout, stderr } = await run(...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toContain(what);
    expect(stderr).toMatch(new RegExp(`^  do       ${act.replace(/[.*+?()]/g, '\\$&')}`, 'm'));
  });

  test('and under --json it is JSON', async () => {
    const { exit, stdout, stderr } = await run('migrat', '--json');
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      verdict: null,
      findings: [{ code: 'usage-wrong' }],
    });
  });
});

describe('a folder that belongs to no project', () => {
  test.each(['migrate', 'verify', 'check', 'snapshot', 'status'])(
    '%s says where it looked and what to do',
    async (command) => {
      const { exit, stdout, stderr } = await run(command);
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
      expect(stderr).toContain('there is no shipshape.config.json here or above');
      expect(stderr.replace(/\n +/g, ' ')).toContain(`looked in ${place.folder}, `);
      expect(stderr).toContain('npx shipshape init');
    },
  );

  test.each(['url', 'describe call_log'])('%s names the three ways to name a database', async (command) => {
    const { exit, stderr } = await run(...command.split(' '));
    expect(exit).toBe(2);
    for (const way of ['--url postgres://', 'export DATABASE_URL=', '"database": { "embedded"'])
      expect(stderr).toContain(way);
  });
});

describe('a configuration', () => {
  test('that lacks what the command needs says which field, flag or variable', async () => {
    writeFileSync(join(place.folder, 'shipshape.config.json'), '{ "migrations": "migrations" }');
    const { exit, stderr } = await run('check');
    expect(exit).toBe(2);
    expect(stderr).toContain('shipshape.config.json does not say where the models are');
    expect(stderr).toContain('SHIPSHAPE_DRIZZLE');
  });

  test('whose folder of migrations is not there says so', async () => {
    writeFileSync(join(place.folder, 'shipshape.config.json'), '{ "migrations": "gone", "drizzle": "x.ts" }');
    const { exit, stderr } = await run('check', '--url', 'postgres://app@127.0.0.1:1/calls');
    expect(exit).toBe(2);
    expect(stderr).toContain('there is no folder gone');
  });

  test('with several faults tells them all, each with its own act', async () => {
    writeFileSync(join(place.folder, 'shipshape.config.json'), '{ "migration": "m", "drizzle": 7 }');
    const { exit, stderr } = await run('status');
    expect(exit).toBe(2);
    expect(stderr).toContain('✗ shipshape.config.json: "drizzle" is 7');
    expect(stderr).toContain('✗ shipshape.config.json: there is no field "migration"');
  });
});

describe('url', () => {
  const url = 'postgres://app:s3cret@db/calls';

  test('prints DATABASE_URL as it is, and --url before it', async () => {
    const env = { DATABASE_URL: url };
    expect(await shipshape(['url'], { cwd: place.folder, env })).toEqual({
      exit: 0,
      stdout: `${url}\n`,
      stderr: '',
    });
    const { stdout } = await shipshape(['url', '--url', 'host=other'], { cwd: place.folder, env });
    expect(stdout).toBe('host=other\n');
  });

  test('reads .env only when asked, and what is set wins over it', async () => {
    writeFileSync(join(place.folder, '.env'), `# the database\nDATABASE_URL="${url}"\n`);
    expect((await run('url')).exit).toBe(2);
    expect((await run('url', '--dotenv', '.env')).stdout).toBe(`${url}\n`);
    const env = { DATABASE_URL: 'postgres://set/db' };
    const { stdout } = await shipshape(['url', '--dotenv', '.env'], { cwd: place.folder, env });
    expect(stdout).toBe('postgres://set/db\n');
  });

  test('of an embedded database that does not run is exit 4 and npm start', async () => {
    const { exit, stdout, stderr } = await run('url', '--embedded', 'calls');
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: '' });
    expect(stderr).toContain('the embedded database "calls" is not running');
    expect(stderr).toMatch(/^ {2}do {7}npm start$/m);
  });
});

describe('explain', () => {
  test('shows the page of a code', async () => {
    const { exit, stdout } = await run('explain', 'database-missing');
    expect(exit).toBe(0);
    expect(stdout).toContain('The server answers, and has no database of that name (SQLSTATE 3D000).');
    expect(JSON.parse((await run('explain', 'database-missing', '--json')).stdout)).toMatchObject({
      version: 1,
      code: 'database-missing',
      exit: 4,
    });
  });

  test('lists all codes without one', async () => {
    const { stdout } = await run('explain');
    expect(stdout).toMatch(/^database-missing +The database does not exist on the server\.$/m);
  });
});

describe('init', () => {
  const config = () => readFileSync(join(place.folder, 'shipshape.config.json'), 'utf8');

  test('writes what it sees', async () => {
    mkdirSync(join(place.folder, 'db/migrations'), { recursive: true });
    mkdirSync(join(place.folder, 'src/db'), { recursive: true });
    writeFileSync(join(place.folder, 'db/migrations/0001_first.sql'), '');
    writeFileSync(join(place.folder, 'src/db/schema.ts'), '');
    const { exit, stdout } = await run('init');
    expect(exit).toBe(0);
    expect(stdout).toContain('wrote shipshape.config.json');
    expect(JSON.parse(config())).toMatchObject({ migrations: 'db/migrations', drizzle: 'src/db/schema.ts' });
  });

  test('says what it guessed', async () => {
    const { exit, stdout } = await run('init');
    expect(exit).toBe(0);
    expect(stdout).toContain('not there yet');
    expect(stdout).toContain('a guess');
    expect(stdout).toContain('mkdir -p migrations');
  });

  test('changes nothing the second time, nor below a configuration', async () => {
    await run('init');
    const before = config();
    mkdirSync(join(place.folder, 'inner'));
    for (const cwd of [place.folder, join(place.folder, 'inner')]) {
      const { exit, stdout } = await shipshape(['init'], { cwd });
      expect(exit).toBe(0);
      expect(stdout).toContain('was left as it is');
    }
    expect(config()).toBe(before);
  });

  test('writes what the other commands can read', async () => {
    const project = makeProject();
    const written = readFileSync(join(project.folder, 'shipshape.config.json'), 'utf8');
    rmSync(join(project.folder, 'shipshape.config.json'));
    expect((await shipshape(['init'], { cwd: project.folder })).exit).toBe(0);
    expect(JSON.parse(readFileSync(join(project.folder, 'shipshape.config.json'), 'utf8'))).toMatchObject({
      migrations: (JSON.parse(written) as { migrations: string }).migrations,
      drizzle: 'src/schema.ts',
    });
    project.remove();
  });
});

test('without a build the command says how to make one', async () => {
  mkdirSync(join(place.folder, 'bin'));
  cpSync(bin, join(place.folder, 'bin/shipshape.cjs'));
  const { exit, stderr } = await shipshape(['verify'], {
    cwd: place.folder,
    program: join(place.folder, 'bin/shipshape.cjs'),
  });
  expect(exit).toBe(2);
  expect(stderr).toContain('npm run build');
});

describe('without the embedded PostgreSQL', () => {
  /** The package as npm would lay it out, with no more beside it than it must have. */
  function install(embedded?: string): string {
    const modules = join(place.folder, 'node_modules');
    mkdirSync(modules);
    for (const name of ['commander', 'valibot', 'pg', 'libpg-query'])
      symlinkSync(join(packageFolder, '../../node_modules', name), join(modules, name));
    for (const name of ['bin', 'dist', 'package.json'])
      cpSync(join(packageFolder, name), join(modules, 'shipshape', name), { recursive: true });
    if (embedded !== undefined) {
      mkdirSync(join(modules, 'shipshape-embedded'));
      writeFileSync(
        join(modules, 'shipshape-embedded/package.json'),
        '{ "type": "module", "exports": "./index.js" }',
      );
      writeFileSync(join(modules, 'shipshape-embedded/index.js'), embedded);
    }
    return join(modules, 'shipshape/bin/shipshape.cjs');
  }

  /** The package, of which this function says that there is no home. */
  function refusing(name: string): string {
    const real = pathToFileURL(join(packageFolder, '../embedded/dist/embedded-error.js')).href;
    return `
      import { EmbeddedError } from '${real}';
      export async function ${name}() {
        throw new EmbeddedError('embedded-no-home', { what: 'There is no home.', because: 'HOME is not set', do: 'set HOME' });
      }`;
  }

  const refusal = [4, '✗ There is no home\n\n  because  HOME is not set\n  do       set HOME\n'];

  test('a command that needs it names what to install', async () => {
    const program = install();
    const { exit, stderr } = await shipshape(['url', '--embedded', 'calls'], { cwd: place.folder, program });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^ {2}do {7}npm install --save-dev shipshape-embedded/m);
    const named = await shipshape(['url', '--url', 'host=db'], { cwd: place.folder, program });
    expect(named).toMatchObject({ exit: 0, stdout: 'host=db\n' });
  });

  test('what it says when it does not run is told as our own findings are, exit 4', async () => {
    const program = install(refusing('findKeptServer'));
    const { exit, stderr } = await shipshape(['url', '--embedded', 'calls'], { cwd: place.folder, program });
    expect([exit, stderr]).toEqual(refusal);
  });

  test('a driver that is a link, with what it needs beside its own place, is found though a program reads along', async () => {
    const program = install();
    const url = 'postgres://x@127.0.0.1:1/x';
    mkdirSync(join(place.folder, 'migrations'));
    writeFileSync(join(place.folder, 'migrations/0001_first.sql'), 'CREATE TABLE t (id integer);');
    const args = ['status', '--migrations', 'migrations', '--url', url];
    const { exit, stderr } = await shipshape(args, { cwd: place.folder, program });
    expect([exit, stderr]).toEqual([4, expect.stringContaining('nothing listens at 127.0.0.1:1')]);
  });

  test('what it says when it makes no throwaway server is told likewise', async () => {
    const program = install(refusing('startScratchServer'));
    mkdirSync(join(place.folder, 'migrations'));
    writeFileSync(join(place.folder, 'migrations/0001_first.sql'), 'CREATE TABLE t (id integer);');
    writeFileSync(join(place.folder, 'schema.sql'), 'CREATE TABLE t (id integer);');
    for (const command of ['check', 'snapshot']) {
      const args = [command, '--migrations', 'migrations', '--schema-sql', 'schema.sql'];
      const { exit, stderr } = await shipshape(args, { cwd: place.folder, program });
      expect([exit, stderr]).toEqual(refusal);
    }
  });
});

test('what the system refuses is told with its path', async () => {
  mkdirSync(join(place.folder, 'migrations'));
  writeFileSync(join(place.folder, 'migrations/0001_first.sql'), 'select 1;');
  const snapshot = 'migrations/0001_first.sql/snapshot.json';
  const { exit, stderr } = await run('status', '--migrations', 'migrations', '--snapshot', snapshot);
  expect(exit).toBe(2);
  expect(stderr).toContain(`✗ ${join(place.folder, snapshot)} cannot be used (ENOTDIR)`);
});

test('a fault of its own is neither a verdict nor a usage error: exit 70', async () => {
  writeFileSync(
    join(place.folder, 'broken.mjs'),
    'JSON.parse = () => { throw new TypeError("on purpose"); };',
  );
  const { exit, stdout, stderr } = await shipshape(['verify'], {
    cwd: place.folder,
    env: { NODE_OPTIONS: '--import ./broken.mjs' },
  });
  expect({ exit, stdout }).toEqual({ exit: 70, stdout: '' });
  expect(stderr).toContain('this is its own fault');
  expect(stderr).toContain('TypeError: on purpose');
});

test('a reader that leaves early is no fault', async () => {
  const child = spawn(process.execPath, [bin, 'explain'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const exit = await new Promise((resolve) => child.once('close', resolve));
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
});

test('colour is for those who ask for it', async () => {
  const coloured = await shipshape(['verify'], {
    cwd: place.folder,
    env: { NO_COLOR: '', FORCE_COLOR: '1' },
  });
  expect(coloured.stderr).toContain('\x1b[31m✗');
  expect((await run('verify')).stderr).not.toContain('\x1b');
});
