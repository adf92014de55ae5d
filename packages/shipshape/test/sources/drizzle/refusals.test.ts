// Models that cannot be found, loaded or read: each has its own finding, and nothing is half read.
import { describe, expect, test } from 'vitest';
import { exitOf, type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';
import { makeProject } from './project.ts';

async function refusal(root: string, schema: string | readonly string[] | object): Promise<Finding> {
  const error = await drizzle({ schema, root })
    .declare({ origins: true })
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(ShipshapeError);
  const { findings } = error as ShipshapeError;
  expect(findings).toHaveLength(1);
  expect(exitOf(findings)).toBe(2);
  return findings[0] as Finding;
}

const table = (name: string, columns: string, extra = ''): string =>
  `export const ${name} = pgTable('${name}', { ${columns} }${extra});\n`;
const imports = `import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { gt, sql } from 'drizzle-orm';
`;

describe('what cannot be found', () => {
  test('a path that no file has', async () => {
    const root = makeProject({ 'src/schema.ts': '' });
    const { code, what, do: act } = await refusal(root, 'db/schema.ts');
    expect(code).toBe('models-not-found');
    expect(what).toBe(`no file matches db/schema.ts in ${root}`);
    expect(act).toContain('from the project root');
  });

  test('one pattern of several that matches nothing', async () => {
    const root = makeProject({ 'src/a.ts': `${imports}${table('a', "id: integer('id')")}` });
    expect(await refusal(root, ['src/*.ts', 'lib/**/*.ts'])).toMatchObject({
      code: 'models-not-found',
      what: `no file matches lib/**/*.ts in ${root}`,
    });
  });
});

describe('what cannot be loaded', () => {
  test('an import of a file that is missing: the importing line', async () => {
    const root = makeProject({
      'src/schema.ts': `export * from './users.ts';\n`,
      'src/users.ts': `${imports}\nimport { id } from './identity.ts';\n${table('users', 'id: id()')}`,
    });
    const { code, what, do: act } = await refusal(root, 'src/schema.ts');
    expect(code).toBe('models-not-loaded');
    expect(what).toBe(
      'src/schema.ts cannot be loaded: src/users.ts:4 imports "./identity.ts", which is not found',
    );
    expect(act).toBe('correct the path in src/users.ts:4, or add the file');
  });

  test('an import of a package that is not installed', async () => {
    const root = makeProject({ 'schema.ts': `import { id } from '@acme/ids/short';\nexport { id };\n` });
    const { what, do: act } = await refusal(root, 'schema.ts');
    expect(what).toBe(
      'schema.ts cannot be loaded: schema.ts:1 imports "@acme/ids/short", which is not found',
    );
    expect(act).toMatch(/^npm install @acme\/ids {5}or, if it is a path alias, /);
  });

  test('a path alias that no tsconfig explains', async () => {
    const root = makeProject({ 'schema.ts': `export * from '@/db/users';\n` });
    const { do: act } = await refusal(root, 'schema.ts');
    expect(act).toBe(
      'if "@/db/users" is a path alias, add it to compilerOptions.paths of the tsconfig.json nearest to schema.ts',
    );
  });

  test('a module that throws while it is loaded: its own line, and no password', async () => {
    const root = makeProject({
      'schema.ts': `import './env.ts';\n${imports}${table('a', "id: integer('id')")}`,
      'env.ts': `const url = 'postgres://app:hunter2@db/calls';\n\nthrow new Error(\`\${url} cannot be used\`);\n`,
    });
    const { what, do: act } = await refusal(root, 'schema.ts');
    expect(what).toBe('schema.ts cannot be loaded: postgres://app@db/calls cannot be used (env.ts:3)');
    expect(act).toMatch(/^make env\.ts:3 run on its own: set what it reads from the environment/);
  });

  test('what a validator throws is cut short', async () => {
    const root = makeProject({
      'schema.ts': `throw new Error(JSON.stringify(Array(100).fill({ path: ['X'], message: 'required' }), null, 2));\n`,
    });
    const { what } = await refusal(root, 'schema.ts');
    expect(what.split('\n')).toHaveLength(1);
    expect(what.length).toBeLessThan(400);
  });

  test('text that is no TypeScript', async () => {
    const root = makeProject({ 'schema.ts': 'export const ok = 1;\nexport const = 2;\n' });
    expect((await refusal(root, 'schema.ts')).what).toMatch(
      /^schema\.ts cannot be loaded: .*\(schema\.ts:2\)$/,
    );
  });

  test('a broken file beside a sound one: nothing is declared at all', async () => {
    const root = makeProject({
      'a.ts': `${imports}${table('a', "id: integer('id')")}`,
      'b.ts': `throw new Error('not today');\n`,
    });
    expect((await refusal(root, '*.ts')).code).toBe('models-not-loaded');
  });
});

describe('what declares nothing', () => {
  test('a module without tables, with the names it exports', async () => {
    const root = makeProject({ 'schema.ts': 'export const db = {};\nexport function connect() {}\n' });
    const { code, what } = await refusal(root, 'schema.ts');
    expect(code).toBe('models-empty');
    expect(what).toBe('schema.ts exports no drizzle table of PostgreSQL (only connect, db)');
  });

  test('tables of another dialect', async () => {
    const root = makeProject({
      'schema.ts': `import { int, mysqlTable } from 'drizzle-orm/mysql-core';
export const users = mysqlTable('users', { id: int('id') });\n`,
    });
    expect((await refusal(root, 'schema.ts')).what).toContain('(users: of another dialect)');
  });

  test('a live module that is the wrong one', async () => {
    expect((await refusal('/', { start: 1 })).what).toBe(
      'the schema module exports no drizzle table of PostgreSQL (only start)',
    );
  });
});

describe('what is declared twice', () => {
  test('two tables at one address', async () => {
    const root = makeProject({
      'a.ts': `${imports}${table('users', "id: integer('id')")}`,
      'b.ts': `${imports}${table('users', "id: integer('id')")}`,
    });
    const { code, what, address } = await refusal(root, '*.ts');
    expect(code).toBe('models-clash');
    expect(what).toBe('users is declared twice: users in a.ts and users in b.ts');
    expect(address).toEqual({ kind: 'table', schema: 'public', name: 'users' });
  });

  test('two properties for one column', async () => {
    const root = makeProject({
      'a.ts': `${imports}${table('users', "mail: text('email'), email: text('email').notNull()")}`,
    });
    expect((await refusal(root, 'a.ts')).what).toBe(
      'users.email is declared twice: users.mail in a.ts and users.email in a.ts',
    );
  });

  test('two names that PostgreSQL cuts to one', async () => {
    const long = 'x'.repeat(63);
    const root = makeProject({
      'a.ts': `${imports}${table('users', `one: text('${long}1'), two: integer('${long}2')`)}`,
    });
    expect((await refusal(root, 'a.ts')).what).toBe(
      `users.${long} is declared twice: users.one in a.ts and users.two in a.ts`,
    );
  });

  test('two primary keys of one table', async () => {
    const extra = ', (t) => [primaryKey({ columns: [t.id, t.at] })]';
    const root = makeProject({
      'a.ts': `${imports}${table('users', "id: integer('id').primaryKey(), at: integer('at')", extra)}`,
    });
    expect((await refusal(root, 'a.ts')).what).toContain('the primary key of users is declared twice');
  });

  test('a value that several files export is one', async () => {
    const root = makeProject({
      'a.ts': `${imports}${table('users', "id: integer('id')")}`,
      'b.ts': `export { users as people } from './a.ts';\nexport * from './a.ts';\n`,
    });
    const { catalog } = await drizzle({ schema: '*.ts', root }).declare({ origins: false });
    expect(catalog.objects.filter(({ kind }) => kind === 'table')).toHaveLength(1);
  });
});

describe('what throws when it is read', () => {
  test('a reference to a table that is not there', async () => {
    const root = makeProject({
      'a.ts': `${imports}const later: any = undefined;\n${table('posts', "by: integer('by').references(() => later.id)")}`,
    });
    const { code, what } = await refusal(root, 'a.ts');
    expect(code).toBe('models-unreadable');
    expect(what).toMatch(/^a foreign key in posts cannot be read: Cannot read properties of undefined/);
  });

  test('a check with a value that only a query has', async () => {
    const extra = ", (t) => [check('adult', gt(t.age, sql.placeholder('age')))]";
    const root = makeProject({ 'a.ts': `${imports}${table('people', "age: integer('age')", extra)}` });
    expect((await refusal(root, 'a.ts')).what).toBe(
      'check adult in people cannot be read: a placeholder has no value when the table is created',
    );
  });

  test('a default that the column itself refuses', async () => {
    const root = makeProject({
      'a.ts': `${imports}${table('people', "tags: text('tags').array().default({} as never)")}`,
    });
    expect((await refusal(root, 'a.ts')).what).toMatch(/^column tags in people cannot be read: /);
  });
});

describe('the ORM', () => {
  test('is not installed where the models lie', async () => {
    const root = makeProject({ 'models/a.ts': 'export const users = {};\n' }, []);
    expect(await refusal(root, 'models/a.ts')).toMatchObject({
      code: 'orm-not-found',
      what: 'drizzle-orm is not found from models/a.ts',
      do: 'npm install "drizzle-orm@>=0.44 <0.46"',
    });
  });

  test('is of a version that was never tested', async () => {
    const root = makeProject(
      {
        'a.ts': 'export const users = {};\n',
        'node_modules/drizzle-orm/package.json':
          '{ "name": "drizzle-orm", "exports": { "./version": "./version.cjs" } }',
        'node_modules/drizzle-orm/version.cjs': "exports.npmVersion = '1.0.0-beta.2';\n",
      },
      [],
    );
    expect(await refusal(root, 'a.ts')).toMatchObject({
      code: 'orm-not-supported',
      what: 'drizzle-orm 1.0.0-beta.2 is installed; versions >=0.44 <0.46 are read',
    });
  });
});
