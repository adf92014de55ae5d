// What TypeORM's entities declare: as text for people, and against what TypeORM itself builds from them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeorm } from '../../../src/sources/typeorm/index.ts';
import { renderDeclaration } from '../golden.ts';
import { build, differences, projects } from './build.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

describe.each(Object.entries(projects))('%s', (name, project) => {
  const root = join(fixtures, name);
  const { models } = project;

  test('reads as its golden declaration', async () => {
    const declaration = await typeorm({ dataSource: models, root }).declare({ origins: true });
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(root, 'declared.txt'));
  });

  test('is what TypeORM builds: nothing missing, nothing unequal, nothing unexpected', async () => {
    const declaration = await typeorm({ dataSource: models, root }).declare({ origins: false });
    const built = await build(root, project, await server.createDatabase());
    expect(await differences(declaration, built, await server.createDatabase())).toEqual([]);
  });
});
