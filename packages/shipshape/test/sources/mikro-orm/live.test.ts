// Live entities, as the gate uses them in production: no TypeScript, no loader, no files, no connection.
import { join } from 'node:path';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { createJiti } from 'jiti';
import { describe, expect, test, vi } from 'vitest';
import { aspectsOf } from '../../../src/compare/aspects.ts';
import { mikroOrm } from '../../../src/sources/mikro-orm/index.ts';
import { makeProject, ownPackage } from '../drizzle/project.ts';
import { runAndList } from '../loaded-packages.ts';
import { fixtures } from './fixtures.ts';

async function importConfig({ root, config }: { root: string; config: string }): Promise<object> {
  const file = join(root, config);
  const loader = createJiti(file, { fsCache: false, interopDefault: false, tsconfigPaths: true });
  return (await loader.import<{ default: object }>(file)).default;
}

test.each(['kitchen', 'tenants'] as const)('%s declares the same live as from its files', async (name) => {
  const files = await mikroOrm(fixtures[name]).declare({ origins: false });
  const live = await mikroOrm({ config: await importConfig(fixtures[name]) }).declare({ origins: true });
  expect(live).toEqual(files);
  expect(live.origin).toEqual({});
});

test('an initialised MikroORM is read as it is', async () => {
  const options = (await importConfig(fixtures.kitchen)) as Options;
  const orm = await MikroORM.init({ ...options, connect: false });
  const files = await mikroOrm(fixtures.kitchen).declare({ origins: false });
  expect(await mikroOrm({ config: orm }).declare({ origins: false })).toEqual(files);
});

describe('in a process of its own', () => {
  const built = join(ownPackage, 'dist/sources/mikro-orm/index.js');
  const config = `import { defineConfig, EntitySchema } from '@mikro-orm/postgresql';
const User = new EntitySchema({
  name: 'User',
  properties: { id: { type: 'integer', primary: true }, name: { type: 'string' } },
});
export const config = defineConfig({ clientUrl: 'postgres://nobody@127.0.0.1:1/nothing', entities: [User] });
`;
  const main = (given: string) => `const { config } = await import('./config.mjs');
const { MikroORM } = await import('@mikro-orm/postgresql');
const { mikroOrm } = await import(${JSON.stringify(built)});
const { catalog } = await mikroOrm({ config: ${given} }).declare({ origins: false });
console.log(JSON.stringify(catalog.objects.length));`;

  test.each([
    ['options', 'config'],
    ['an instance', 'await MikroORM.init({ ...config, connect: false })'],
  ])('%s: no parser and no loader, and the process ends by itself', (_what, given) => {
    const root = makeProject({ 'config.mjs': config }, ['@mikro-orm']);
    const { printed, packages } = runAndList(root, main(given));
    expect(JSON.parse(printed)).toBe(5);
    expect(packages).toContain('@mikro-orm/postgresql');
    expect(packages).not.toContain('jiti');
    expect(packages).not.toContain('typescript');
  });

  test('the TypeScript of the entities is preferred to what was built from it', () => {
    const files = {
      'config.ts': `import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({ dbName: 'x', entities: ['dist/*.js'], entitiesTs: ['src/*.ts'] });
`,
      'src/user.ts': `import { EntitySchema } from '@mikro-orm/core';
export const User = new EntitySchema<{ id: number }>({
  name: 'User',
  properties: { id: { type: 'integer', primary: true } },
});
`,
    };
    const root = makeProject(files, ['@mikro-orm', 'typescript', 'jiti']);
    const text = `const { mikroOrm } = await import(${JSON.stringify(built)});
const { catalog } = await mikroOrm({ config: 'config.ts' }).declare({ origins: false });
console.log(JSON.stringify(catalog.objects.length));`;
    // MikroORM takes every process of the test runner for one that understands TypeScript.
    vi.stubEnv('VITEST', undefined);
    expect(JSON.parse(runAndList(root, text).printed)).toBe(4);
    vi.unstubAllEnvs();
  });

  test('the list of loaded packages would show them', () => {
    const root = makeProject({ 'config.mjs': config, 'config.ts': config }, [
      '@mikro-orm',
      'typescript',
      'jiti',
    ]);
    const text = main("'config.ts'").replace('origins: false', 'origins: true');
    expect(runAndList(root, text).packages).toEqual(expect.arrayContaining(['jiti', 'typescript']));
  });
});

test('silences name kinds and aspects that are compared, each once', async () => {
  const { silence } = await mikroOrm(fixtures.kitchen).declare({ origins: false });
  for (const { address, aspect } of silence) {
    if (aspect === 'existence') continue;
    const kind = address.startsWith('column ') ? 'column' : (address as 'index');
    expect(aspectsOf(kind).map(({ name }) => name)).toContain(aspect);
  }
  expect(new Set(silence.map(({ address, aspect }) => `${address} ${aspect}`)).size).toBe(silence.length);
});
