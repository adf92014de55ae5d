// Schemas that cannot be found or read: each fault has its own finding, with Prisma's own words, and nothing is half read.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitOf, type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { prisma } from '../../../src/sources/prisma/index.ts';
import { makeProject } from '../drizzle/project.ts';

async function refusals(
  files: Readonly<Record<string, string>>,
  schema: string | readonly string[] = '.',
  packages: readonly string[] = [],
): Promise<readonly Finding[]> {
  const root = makeProject(files, packages);
  return refusalsIn(root, schema);
}

async function refusalsIn(root: string, schema: string | readonly string[]): Promise<readonly Finding[]> {
  const error = await prisma({ schema, root })
    .declare({ origins: true })
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(ShipshapeError);
  const { findings } = error as ShipshapeError;
  expect(exitOf(findings)).toBe(2);
  return findings;
}

const postgres = 'datasource db {\n  provider = "postgresql"\n}\n';
const user = 'model User {\n  id Int @id\n}\n';

describe('what cannot be found', () => {
  test('a path that no file has', async () => {
    const [finding] = await refusals({ 'schema.prisma': postgres }, 'prisma/schema.prisma');
    expect(finding?.code).toBe('models-not-found');
    expect(finding?.what).toMatch(/^no file matches prisma\/schema\.prisma in /);
  });

  test('a folder without schema files', async () => {
    const [finding] = await refusals({ 'prisma/readme.md': '' }, 'prisma');
    expect(finding?.code).toBe('models-not-found');
  });

  test('one of several', async () => {
    const [finding] = await refusals({ 'a.prisma': postgres + user }, ['a.prisma', 'b.prisma']);
    expect(finding?.what).toMatch(/^no file matches b\.prisma in /);
  });
});

describe("what Prisma's engine refuses", () => {
  test('every fault at once, in every file, each with its line', async () => {
    const findings = await refusals({
      'main.prisma': postgres,
      'models/post.prisma': 'model Post {\n  id Int @id\n  by Usr\n}\n',
      'models/user.prisma': 'model User {\n  id Int @id\n  mail String @unique(bad: 1)\n}\n',
    });
    expect(findings.map(({ code, what, origin }) => ({ code, what, origin }))).toEqual([
      {
        code: 'prisma-schema-invalid',
        what: 'models/post.prisma:3: Type "Usr" is neither a built-in type, nor refers to another model, composite type, or enum.',
        origin: { file: 'models/post.prisma', line: 3 },
      },
      {
        code: 'prisma-schema-invalid',
        what: 'models/user.prisma:3: No such argument.',
        origin: { file: 'models/user.prisma', line: 3 },
      },
    ]);
    expect(findings[0]?.do).toBe('correct models/post.prisma:3: `npx prisma validate` says the same');
  });

  test('text that is no schema', async () => {
    const [finding] = await refusals({ 'schema.prisma': `${postgres}model User\n  id Int\n}\n` });
    expect(finding?.what).toMatch(/^schema\.prisma:4: Error validating: This line is invalid\./);
  });

  test('a native type of another database, on its line behind what is left out of the text', async () => {
    const generator = 'generator client {\n  provider = "x"\n  previewFeatures = ["metrics"]\n}\n';
    const model = 'model User {\n  id Int @id\n  a String @db.LongText\n}\n';
    const [finding] = await refusals({ 'schema.prisma': generator + postgres + model });
    expect(finding?.origin).toEqual({ file: 'schema.prisma', line: 10 });
    expect(finding?.what).toContain('LongText');
  });

  test('a fault in a view is told once', async () => {
    const view = 'view Stat {\n  id Int @unique\n  a Strin?\n}\n';
    const findings = await refusals({ 'schema.prisma': postgres + user + view });
    expect(findings.map(({ origin }) => origin)).toEqual([{ file: 'schema.prisma', line: 9 }]);
  });

  test('two models for one table', async () => {
    const other = 'model Person {\n  id Int @id\n  @@map("User")\n}\n';
    const [finding] = await refusals({ 'schema.prisma': postgres + user + other });
    expect(finding?.what).toMatch(/^schema\.prisma:9: .*"User"/);
  });
});

describe('the datasource', () => {
  test('is for another database', async () => {
    const [finding] = await refusals({
      'schema.prisma': `datasource db {\n  provider = "mysql"\n}\n${user}`,
    });
    expect(finding).toMatchObject({
      code: 'prisma-datasource',
      what: 'schema.prisma:2: the datasource is for mysql',
      origin: { file: 'schema.prisma', line: 2 },
    });
  });

  test('is missing: only a part of a folder was named', async () => {
    const files = { 'prisma/main.prisma': postgres, 'prisma/user.prisma': user };
    const [finding] = await refusals(files, 'prisma/user.prisma');
    expect(finding).toMatchObject({
      code: 'prisma-datasource',
      what: 'prisma/user.prisma has no datasource',
      do: 'name the folder or the file that has the block `datasource db { provider = "postgresql" }`',
    });
  });

  test('takes its provider from the environment, which Prisma itself refuses', async () => {
    const [finding] = await refusals({
      'schema.prisma': `datasource db {\n  provider = env("P")\n}\n${user}`,
    });
    expect(finding?.what).toContain('must not use the env() function in the provider argument');
  });
});

test('a schema without models', async () => {
  const [finding] = await refusals({ 'schema.prisma': `${postgres}enum Color {\n  RED\n}\n` });
  expect(finding).toMatchObject({
    code: 'models-empty',
    what: 'schema.prisma exports no prisma table of PostgreSQL (only datasource db, enum Color)',
  });
});

test('two names that PostgreSQL cuts to one', async () => {
  const long = 'x'.repeat(63);
  const model = `model User {\n  id Int @id\n  a Int @map("${long}1")\n  b Int @map("${long}2")\n}\n`;
  const [finding] = await refusals({ 'schema.prisma': postgres + model });
  expect(finding).toMatchObject({
    code: 'models-clash',
    what: `"User".${long} is declared twice: "User".${long} in schema.prisma:6 and "User".${long}2 in schema.prisma:7`,
  });
});

describe('the engine', () => {
  const engine = '@prisma/schema-engine-wasm';
  const fake = (version: string) => ({
    'schema.prisma': postgres + user,
    [`node_modules/${engine}/package.json`]: JSON.stringify({ name: engine, version, main: 'x.js' }),
    [`node_modules/${engine}/x.js`]: '',
  });

  test('is of a version that was never tested', async () => {
    const [finding] = await refusals(fake('6.2.0-1.abc'));
    expect(finding).toMatchObject({
      code: 'orm-not-supported',
      what: expect.stringMatching(/^@prisma\/schema-engine-wasm 6\.2\.0-1\.abc is installed; versions 7\./),
    });
  });

  test('prints the same for a schema that is read again, and for two at once', async () => {
    const root = makeProject({ 'schema.prisma': postgres + user });
    const declare = () => prisma({ schema: 'schema.prisma', root }).declare({ origins: true });
    const [one, two] = await Promise.all([declare(), declare()]);
    expect(two).toEqual(one);
    writeFileSync(join(root, 'schema.prisma'), `${postgres}model Other {\n  id Int @id\n}\n`);
    const { origin } = await declare();
    expect(Object.keys(origin)).toContain('table public."Other"');
  });
});
