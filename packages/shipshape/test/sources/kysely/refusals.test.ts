// Types that cannot be found or read: each has its own finding, and nothing is half read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitOf, type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { type KyselyOptions, kysely } from '../../../src/sources/kysely/index.ts';
import { makeProject } from '../drizzle/project.ts';

async function refusalIn(
  root: string,
  database: string,
  options: Pick<KyselyOptions, 'camelCase'> = {},
): Promise<Finding> {
  const error = await kysely({ database, root, ...options })
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

async function refusal(
  files: Readonly<Record<string, string>>,
  database = 'db.ts#Database',
  packages: readonly string[] = ['kysely'],
): Promise<Finding> {
  return refusalIn(makeProject(files, packages), database);
}

describe('what cannot be found', () => {
  test('the file', async () => {
    const { code, what } = await refusal({ 'src/db.ts': '' }, 'src/database.ts#Database');
    expect(code).toBe('models-not-found');
    expect(what).toMatch(/^no file matches src\/database\.ts in /);
  });

  test('the interface: those that the file has are named', async () => {
    const text =
      'interface Db { a: { id: string } }\nexport type Row = string;\nexport const Database = 1;\n';
    const { code, what, do: act } = await refusal({ 'db.ts': text });
    expect(code).toBe('interface-not-found');
    expect(what).toBe('db.ts has no interface or type Database');
    expect(act).toBe('name one that db.ts has: db.ts#Db, db.ts#Row');
  });

  test('a usual name, where none is given', async () => {
    const { what, do: act } = await refusal({ 'db.ts': 'export const db = 1;\n' }, 'db.ts');
    expect(what).toBe('db.ts has no interface or type Database or DB');
    expect(act).toBe('name the file that declares it: src/db/types.ts#Database');
  });
});

describe('types that are not known', () => {
  test('a table of a file that is not there', async () => {
    const text = `import type { Users } from './generated/users';
export interface Database { users: Users; posts: { id: string } }\n`;
    const { code, what, origin } = await refusal({ 'db.ts': text });
    expect(code).toBe('interface-unresolved');
    expect(what).toBe(
      `Database["users"] in db.ts is of no known type: db.ts:1 Cannot find module './generated/users' or its corresponding type declarations.`,
    );
    expect(origin).toEqual({ file: 'db.ts', line: 1 });
  });

  test('a table of a name that the other file does not have', async () => {
    const { what } = await refusal({
      'db.ts': "import type { User } from './users';\nexport interface Database { users: User }\n",
      'users.ts': 'export interface Users { id: string }\n',
    });
    expect(what).toContain(`db.ts:1 '"./users"' has no exported member named 'User'. Did you mean 'Users'?`);
  });

  test('the whole interface, from a package that is not installed', async () => {
    const { code, what } = await refusal({ 'db.ts': "export type { Database } from '@acme/types';\n" });
    expect(code).toBe('interface-unresolved');
    expect(what).toMatch(
      /^Database in db\.ts is of no known type: db\.ts:1 Cannot find module '@acme\/types'/,
    );
  });

  test('what is inherited from a name that is not there', async () => {
    const { code, what } = await refusal({
      'db.ts': 'export interface Database extends Lost { users: { id: string } }\n',
    });
    expect(code).toBe('interface-unresolved');
    expect(what).toContain("db.ts:1 Cannot find name 'Lost'.");
  });

  test('a table that inherits from a file that is not there', async () => {
    const { code, what } = await refusal({
      'db.ts': 'export interface Database { users: Users }\ninterface Users extends Gone { id: string }\n',
    });
    expect(code).toBe('interface-unresolved');
    expect(what).toContain("db.ts:2 Cannot find name 'Gone'.");
  });

  test('what a helper is made of', async () => {
    const { code, what } = await refusal({
      'db.ts': `import type { Row } from './gone';
export interface Database { users: Omit<Row, 'secret'>; posts: { id: string } }\n`,
    });
    expect(code).toBe('interface-unresolved');
    expect(what).toMatch(/^Database\["users"\] in db\.ts is of no known type: db\.ts:1 Cannot find module/);
  });

  test('what is inherited by what a helper is made of', async () => {
    const { code, what } = await refusal({
      'db.ts': `interface Row extends Gone { id: string }
export interface Database { users: Partial<Row>; posts: { id: string } }\n`,
    });
    expect(code).toBe('interface-unresolved');
    expect(what).toMatch(/^Database\["users"\] in db\.ts .*db\.ts:1 Cannot find name 'Gone'/);
  });

  test('a table that is any', async () => {
    const { code, what, do: act } = await refusal({ 'db.ts': 'export interface Database { users: any }\n' });
    expect(code).toBe('interface-unresolved');
    expect(what).toBe('Database["users"] in db.ts is of no known type');
    expect(act).toBe('give it a type with named columns in db.ts');
  });

  test('tables without names', async () => {
    const { code, what } = await refusal({
      'db.ts': 'export type Database = Record<string, { id: string }>;\n',
    });
    expect(code).toBe('interface-unresolved');
    expect(what).toBe('Database in db.ts is of no known type: it lists no tables by name');
  });
});

describe('two names of one table', () => {
  test('that the plug-in writes alike', async () => {
    const text = 'export interface Database { userNames: { id: string }; user_names: { id: string } }\n';
    const root = makeProject({ 'db.ts': text }, ['kysely']);
    const { code, what } = await refusalIn(root, 'db.ts', { camelCase: true });
    expect(code).toBe('models-clash');
    expect(what).toBe('user_names is declared twice: userNames and user_names');
  });
});

describe('what is not installed', () => {
  test('Kysely, whose types say what is generated', async () => {
    const text =
      "import type { Generated } from 'kysely';\nexport interface DB { a: { id: Generated<string> } }\n";
    const { code, what } = await refusal({ 'src/db.ts': text }, 'src/db.ts', []);
    expect(code).toBe('orm-not-found');
    expect(what).toBe('kysely is not found from src/db.ts');
  });

  test('types without Kysely need none', async () => {
    const root = makeProject({ 'db.ts': 'export interface DB { a: { id: string } }\n' }, []);
    const { catalog } = await kysely({ database: 'db.ts', root }).declare({ origins: false });
    expect(catalog.objects.map(({ kind }) => kind)).toContain('column');
  });

  test('an old TypeScript beside the project is its own', async () => {
    const root = makeProject({ 'db.ts': 'export interface DB { a: { id: string } }\n' }, []);
    mkdirSync(join(root, 'node_modules/typescript'), { recursive: true });
    writeFileSync(
      join(root, 'node_modules/typescript/package.json'),
      '{ "name": "typescript", "version": "7.0.2", "main": "index.js" }',
    );
    writeFileSync(join(root, 'node_modules/typescript/index.js'), 'exports.version = "7.0.2";\n');
    // TypeScript 7 has no checker that JavaScript can call: the one beside Shipshape reads.
    const { catalog } = await kysely({ database: 'db.ts', root }).declare({ origins: false });
    expect(catalog.objects.length).toBeGreaterThan(2);
  });
});
