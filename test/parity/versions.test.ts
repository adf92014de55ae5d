// The versions beside those of the root install read every schema and fixture the same, line for line.
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Source } from '../../packages/shipshape/src/catalog/index.ts';
import { drizzle } from '../../packages/shipshape/src/sources/drizzle/index.ts';
import { kysely } from '../../packages/shipshape/src/sources/kysely/index.ts';
import { fixtures as drizzleFixtures } from '../../packages/shipshape/test/sources/drizzle/fixtures.ts';
import { renderDeclaration } from '../../packages/shipshape/test/sources/golden.ts';
import { fixtures as kyselyFixtures } from '../../packages/shipshape/test/sources/kysely/fixtures.ts';
import { projectRoot } from '../../scripts/copy-project.ts';
import { folderOf, schemas } from './tellings.ts';

interface Project {
  readonly root: string;
  readonly declareIn: (root: string) => Source;
}

const projectsOf = {
  'drizzle-orm': {
    ...told('drizzle', (root) => drizzle({ schema: 'schema.ts', root })),
    ...Object.fromEntries(
      Object.entries(drizzleFixtures).map(([name, { root, ...options }]): [string, Project] => [
        name,
        { root, declareIn: (copy) => drizzle({ ...options, root: copy }) },
      ]),
    ),
  },
  kysely: {
    ...told('kysely', (root) => kysely({ database: 'database.ts', root })),
    ...Object.fromEntries(
      Object.entries(kyselyFixtures).map(([name, { root, ...options }]): [string, Project] => [
        name,
        { root, declareIn: (copy) => kysely({ ...options, root: copy }) },
      ]),
    ),
  },
};

function told(telling: string, declareIn: Project['declareIn']): Readonly<Record<string, Project>> {
  return Object.fromEntries(
    schemas.flatMap((schema): [string, Project][] => {
      const root = folderOf(schema, telling);
      return root === null ? [] : [[schema, { root, declareIn }]];
    }),
  );
}

async function tell({ root, declareIn }: Project): Promise<string> {
  return renderDeclaration(await declareIn(root).declare({ origins: true }));
}

/** By the version of the root install; once for all that are held against it. */
const toldHere = new Map<string, Promise<string>>();
function tellHere(name: string, project: Project): Promise<string> {
  const known = toldHere.get(name) ?? tell(project);
  toldHere.set(name, known);
  return known;
}

const versions = [
  { orm: 'drizzle-orm', alias: 'drizzle-orm-0.44' },
  { orm: 'kysely', alias: 'kysely-0.27' },
  { orm: 'kysely', alias: 'kysely-0.29' },
] as const;

describe.each(versions)('$alias', ({ orm, alias }) => {
  const installed = join(projectRoot, 'matrix/node_modules', alias);
  const isInstalled = existsSync(installed);

  test('CI installs it (npm run matrix:install); elsewhere the rest is skipped without it', () => {
    expect(isInstalled || process.env.CI === undefined).toBe(true);
  });

  describe.runIf(isInstalled)('reads', () => {
    let folder: string;
    beforeAll(() => {
      vi.stubEnv('TENANT_SCHEMA', 'tenant_7');
      folder = realpathSync(mkdtempSync(join(tmpdir(), `shipshape-${alias}-`)));
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(installed, join(folder, 'node_modules', orm));
      for (const name of ['typescript', '@types', 'zod'])
        symlinkSync(join(projectRoot, 'node_modules', name), join(folder, 'node_modules', name));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test.each(Object.entries(projectsOf[orm]))('%s', async (name, { root, declareIn }) => {
      const copy = join(folder, name);
      cpSync(root, copy, { recursive: true });
      expect(await tell({ root: copy, declareIn })).toBe(
        await tellHere(`${orm} ${name}`, { root, declareIn }),
      );
    });
  });
});
