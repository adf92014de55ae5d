// TypeORM 0.3, the major before: the same projects read the same, and are what it builds.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeorm } from '../../../src/sources/typeorm/index.ts';
import { renderDeclaration } from '../golden.ts';
import { build, differences, projects } from './build.ts';

const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, '../../../../..');
const orm = join(top, 'matrix/node_modules/typeorm-0.3');
const isInstalled = existsSync(orm);

test('CI installs TypeORM 0.3 (npm run matrix:install); elsewhere the rest is skipped without it', () => {
  expect(isInstalled || process.env.CI === undefined).toBe(true);
});

describe.runIf(isInstalled)('TypeORM 0.3', () => {
  let server: ScratchServer;
  let folder: string;
  beforeAll(async () => {
    server = await startScratchServer();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-typeorm-')));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(orm, join(folder, 'node_modules/typeorm'));
    for (const name of ['reflect-metadata', 'typescript', '@types'])
      symlinkSync(join(top, 'node_modules', name), join(folder, 'node_modules', name));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  test.each(Object.entries(projects))('%s', async (name, project) => {
    const root = join(folder, name);
    const fixture = join(here, 'fixtures', name);
    cpSync(fixture, root, { recursive: true });
    const declaration = await typeorm({ dataSource: project.models, root }).declare({ origins: true });
    const expected = readFileSync(join(fixture, 'declared.txt'), 'utf8');
    expect(withoutHashes(renderDeclaration(declaration))).toBe(withoutHashes(expected));
    const built = await build(root, project, await server.createDatabase());
    expect(await differences(declaration, built, await server.createDatabase())).toEqual([]);
  });
});

/** The two majors hash predicates and expressions in different ways; what is named so is told by what it holds. */
function withoutHashes(text: string): string {
  return text.replace(/(CHK|IDX)_[0-9a-f]+/g, '$1');
}
