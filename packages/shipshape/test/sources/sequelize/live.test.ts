// Live models, as the gate uses them in production: no TypeScript, no loader, no files, no connection.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aspectsOf } from '../../../src/compare/aspects.ts';
import { sequelize } from '../../../src/sources/sequelize/index.ts';
import { makeProject, ownPackage } from '../drizzle/project.ts';
import { runAndList } from '../loaded-packages.ts';
import { importFrom } from './build.ts';
import { fixtures } from './fixtures.ts';

test.each(['cli', 'typed', 'define', 'factories'] as const)(
  '%s declares the same live as from its files',
  async (name) => {
    const files = await sequelize(fixtures[name]).declare({ origins: false });
    const live = await sequelize({ models: await fixtures[name].open() }).declare({ origins: true });
    expect(live).toEqual(files);
    expect(live.origin).toEqual({});
  },
);

test('the object that models/index.js exports is taken as it is', async () => {
  const loaded = await importFrom(fixtures.cli.root, fixtures.cli.models);
  // The loader gives the exports of CommonJS as the default export when they are new, and bare when they are known.
  const db = loaded.default ?? loaded;
  const files = await sequelize(fixtures.cli).declare({ origins: false });
  expect(await sequelize({ models: db as object }).declare({ origins: false })).toEqual(files);
});

describe('in a process of its own', () => {
  const built = join(ownPackage, 'dist/sources/sequelize/index.js');
  const models = `import { DataTypes, Sequelize } from 'sequelize';
export const sequelize = new Sequelize('postgres://nobody@127.0.0.1:1/nothing', { logging: false });
sequelize.define('user', { name: DataTypes.STRING });
`;
  const main = `const { sequelize: live } = await import('./models.mjs');
const { sequelize } = await import(${JSON.stringify(built)});
const { catalog } = await sequelize({ models: live }).declare({ origins: false });
console.log(JSON.stringify(catalog.objects.length));`;

  test('a live instance loads no parser and no loader, and the process ends by itself', () => {
    const root = makeProject({ 'models.mjs': models }, ['sequelize']);
    const { printed, packages } = runAndList(root, main);
    expect(JSON.parse(printed)).toBe(7);
    expect(packages).toContain('sequelize');
    expect(packages).not.toContain('jiti');
    expect(packages).not.toContain('typescript');
  });

  test('the list of loaded packages would show them', () => {
    const root = makeProject({ 'models.mjs': models, 'models.ts': models }, [
      'sequelize',
      'typescript',
      'jiti',
    ]);
    const { packages } = runAndList(
      root,
      main.replace('models: live', "models: 'models.ts'").replace('origins: false', 'origins: true'),
    );
    expect(packages).toEqual(expect.arrayContaining(['jiti', 'typescript']));
  });
});

test('silences name kinds and aspects that are compared, each once', async () => {
  const { silence } = await sequelize(fixtures.define).declare({ origins: false });
  for (const { address, aspect } of silence) {
    if (['existence', 'unexpected', 'name'].includes(aspect)) continue;
    const kind = address.startsWith('column ') ? 'column' : (address as 'index');
    expect(aspectsOf(kind).map(({ name }) => name)).toContain(aspect);
  }
  expect(new Set(silence.map(({ address, aspect }) => `${address} ${aspect}`)).size).toBe(silence.length);
});
