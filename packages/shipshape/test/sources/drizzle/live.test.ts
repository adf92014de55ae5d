// Live modules, as the gate uses them in production: no TypeScript, no loader, no files.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import {
  check,
  getTableConfig,
  integer,
  PgDialect,
  type PgTable,
  pgPolicy,
  pgTable,
  text,
} from 'drizzle-orm/pg-core';
import { createJiti } from 'jiti';
import { beforeAll, describe, expect, test } from 'vitest';
import { aspectsOf } from '../../../src/compare/aspects.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';
import { fixtures } from './fixtures.ts';
import { copyPackage, makeProject, ownPackage } from './project.ts';

async function importLive(path: string): Promise<Record<string, unknown>> {
  return createJiti(path, { fsCache: false, tsconfigPaths: true }).import(path);
}

const plain = (table: string) => `import { integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';
export const kind = pgEnum('kind', ['a', 'b']);
export const ${table} = pgTable('${table}', { id: integer('id').primaryKey(), kind: kind('kind'), name: text('name').default('x') });
`;

test.each(['saas', 'kitchen', 'cased', 'wrapped'] as const)(
  '%s declares the same live as from its files',
  async (name) => {
    const { schema, root, ...options } = fixtures[name];
    const files = await drizzle(fixtures[name]).declare({ origins: false });
    const live = await drizzle({ ...options, schema: await importLive(join(root, schema)) }).declare({
      origins: true,
    });
    expect(live).toEqual(files);
    expect(live.origin).toEqual({});
  },
);

test('declaring leaves the live expressions as they were: their values still go as parameters', async () => {
  const live = await importLive(join(fixtures.kitchen.root, fixtures.kitchen.schema));
  const [check] = getTableConfig(live.articles as PgTable).checks;
  const query = () => new PgDialect().sqlToQuery(check!.value);
  const before = query();
  await drizzle({ schema: live }).declare({ origins: false });
  expect(before.params).toEqual([0, 100]);
  expect(query()).toEqual(before);
});

test('what is declared twice, word for word, is one thing', async () => {
  const long = () => check('long', sql`length(email) > 3`);
  const users = pgTable(
    'users',
    { id: integer('id').primaryKey(), mail: text('email'), email: text('email') },
    () => [long(), long(), pgPolicy('own')],
  );
  const linked = pgPolicy('own').link(users);
  const { catalog } = await drizzle({ schema: { users, linked } }).declare({ origins: false });
  expect(catalog.objects.map((object) => ('name' in object ? object.name : object.kind))).toEqual([
    'long',
    'email',
    'id',
    'own',
    'users_pkey',
    'schema',
    'users',
  ]);
});

describe('another copy of drizzle-orm', () => {
  const files = { 'schema.ts': plain('copied') };

  test('made the live objects: they are read all the same', async () => {
    const root = makeProject(files, []);
    copyPackage('drizzle-orm', root);
    const ours = await importLive(join(makeProject(files), 'schema.ts'));
    const theirs = await importLive(join(root, 'schema.ts'));
    expect(Object.getPrototypeOf(theirs.copied)).not.toBe(Object.getPrototypeOf(ours.copied));
    const read = await drizzle({ schema: theirs }).declare({ origins: false });
    expect(read).toEqual(await drizzle({ schema: ours }).declare({ origins: false }));
    expect(read.catalog.objects.map(({ kind }) => kind)).toContain('enum');
  });

  test('lies beside the models: it is the one that reads them', async () => {
    const root = makeProject({ ...files, 'node_modules/drizzle-orm/marker': '' }, []);
    copyPackage('drizzle-orm', root);
    const { catalog } = await drizzle({ schema: 'schema.ts', root }).declare({ origins: false });
    expect(catalog.objects.map(({ kind }) => kind)).toContain('table');
  });
});

describe('in a process of its own, built', () => {
  const built = join(ownPackage, 'dist/sources/drizzle/index.js');
  beforeAll(() => expect(existsSync(built), 'npm run build comes first').toBe(true));

  /** Runs `declare` and gives what it printed, and which files of which packages were loaded. */
  function run(root: string, main: string): { printed: string; packages: readonly string[] } {
    const hooks = `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) { appendFileSync('loaded.txt', url + '\\n'); return next(url, context); }`;
    const entry = `import { createRequire, register } from 'node:module';
import { appendFileSync, readFileSync } from 'node:fs';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));
${main}
for (const path of Object.keys(createRequire(import.meta.url).cache)) appendFileSync('loaded.txt', path + '\\n');
process.stdout.write('\\n' + readFileSync('loaded.txt', 'utf8'));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', entry], {
      cwd: root,
      encoding: 'utf8',
    });
    const [printed = '', ...loaded] = output.split('\n');
    const packages = loaded.flatMap((each) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(each)?.[1] ?? []);
    return { printed, packages: [...new Set(packages)].sort() };
  }

  const declareLive = `const schema = await import('./schema.mjs');
const { drizzle } = await import(${JSON.stringify(built)});
const { catalog, origin } = await drizzle({ schema }).declare({ origins: false });
console.log(JSON.stringify({ objects: catalog.objects.length, origins: Object.keys(origin).length }));`;

  test('a live schema loads drizzle-orm and nothing else', () => {
    // A namespace that is exported has no prototype, which drizzle's own `is` does not survive.
    const schema = `${plain('live')}export * as nested from './nested.mjs';\n`;
    const root = makeProject({ 'schema.mjs': schema, 'nested.mjs': 'export const one = 1;\n' });
    const { printed, packages } = run(root, declareLive);
    expect(JSON.parse(printed)).toEqual({ objects: 7, origins: 0 });
    expect(packages).toEqual(['drizzle-orm']);
  });

  test.each([
    ['schema.ts', ['drizzle-orm', 'jiti', 'typescript']],
    // Node loads it by itself.
    ['schema.mjs', ['drizzle-orm', 'typescript']],
  ])('the list of loaded modules would show a parser, and a loader: %s', (file, shown) => {
    const root = makeProject({ 'schema.mjs': plain('live'), [file]: plain('live') }, [
      'drizzle-orm',
      'typescript',
      'jiti',
    ]);
    const main = declareLive
      .replace('{ schema }', `{ schema: '${file}' }`)
      .replace('origins: false', 'origins: true');
    const { printed, packages } = run(root, main);
    expect(JSON.parse(printed)).toEqual({ objects: 7, origins: 6 });
    expect(packages).toEqual(shown);
  });

  test('without TypeScript there are no lines, and a silence says why', () => {
    const root = makeProject({ 'schema.ts': plain('bare') }, ['drizzle-orm', 'jiti']);
    cpSync(join(ownPackage, 'dist'), join(root, 'node_modules/shipshape/dist'), { recursive: true });
    cpSync(join(ownPackage, 'package.json'), join(root, 'node_modules/shipshape/package.json'));
    const { printed } = run(
      root,
      `import { drizzle } from 'shipshape/drizzle';
const { catalog, origin, silence } = await drizzle({ schema: 'schema.ts' }).declare({ origins: true });
console.log(JSON.stringify({ objects: catalog.objects.length, origin, silent: silence.filter(({ aspect }) => aspect === 'origin') }));`,
    );
    const { objects, origin, silent } = JSON.parse(printed);
    expect({ objects, origin }).toEqual({ objects: 7, origin: {} });
    expect(silent).toEqual(
      ['table', 'column'].map((address) => ({
        address,
        aspect: 'origin',
        because: expect.stringContaining('npm install --save-dev typescript'),
      })),
    );
  });
});

test('silences name kinds and aspects that are compared, each once', async () => {
  const { silence } = await drizzle(fixtures.saas).declare({ origins: false });
  for (const { address, aspect } of silence) {
    const kind = address.startsWith('column ') ? 'column' : (address as 'index');
    expect(['existence', ...aspectsOf(kind).map(({ name }) => name)]).toContain(aspect);
  }
  expect(new Set(silence.map(({ address, aspect }) => `${address} ${aspect}`)).size).toBe(silence.length);
  expect(silence.map(({ because }) => because).filter((because) => because.length < 10)).toEqual([]);
});
