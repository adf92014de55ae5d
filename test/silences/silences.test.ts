// Silence is honest, and no dustbin: what each source cannot say is a page, and how much that is is pinned.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kinds } from '../../packages/shipshape/src/catalog/index.ts';
import { aspectsOf } from '../../packages/shipshape/src/compare/aspects.ts';
import { projectRoot } from '../../scripts/copy-project.ts';
import { readSilences, renderCoverage } from '../../scripts/coverage-page.ts';

test('docs/coverage.md says what the sources are silent about: npm run docs', async () => {
  expect(readFileSync(join(projectRoot, 'docs/coverage.md'), 'utf8')).toBe(await renderCoverage());
});

test('the number of silences is pinned: whoever adds one says so here', async () => {
  const counts = Object.fromEntries(
    (await readSilences()).map(({ source, silences }) => [source, silences.length]),
  );
  expect(counts).toEqual({
    drizzle: 35,
    kysely: 33,
    'mikro-orm': 35,
    'mikro-orm-7': 28,
    prisma: 43,
    sequelize: 41,
    sql: 4,
    typeorm: 39,
  });
});

test('every silence is about a kind, an aspect of that kind, and says why; each once', async () => {
  const wrong = (await readSilences()).flatMap(({ source, silences }) =>
    silences.flatMap(({ address, aspect, because }, at) => {
      const kind = kinds.find((each) => each === address);
      const aspects =
        kind === undefined
          ? []
          : ['existence', 'unexpected', 'kind', ...aspectsOf(kind).map(({ name }) => name)];
      const again = silences.findIndex((each) => each.address === address && each.aspect === aspect) !== at;
      const right = aspects.includes(aspect) && because.length > 10 && !again;
      return right ? [] : [`${source}: ${aspect} of ${address}: ${because}`];
    }),
  );
  expect(wrong).toEqual([]);
});
