// check on folders of every tool: each case has models, migrations, and what is said of them.
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../src/prove/check.ts';
import { type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { verdictOf } from '../../../src/report/render/verdict.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';

const cases = join(dirname(fileURLToPath(import.meta.url)), 'cases');
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

/** The line of traps.md that a case holds: `finding 1: …`, `running 1: …`. */
function titleOf(name: string): string {
  return name
    .replace('--', ': ')
    .replace(/-(\d):/, ' $1:')
    .replaceAll('-', ' ');
}

describe.each(readdirSync(cases).map((name) => [titleOf(name), name] as const))('%s', (_, name) => {
  test('is told as it is', async () => {
    const root = join(cases, name);
    await expect(await tell(root)).toMatchFileSnapshot(join(root, 'findings.txt'));
  });
});

async function tell(root: string): Promise<string> {
  const folder = join(root, 'migrations');
  try {
    const { findings } = await check({
      source: drizzle({ schema: 'schema.ts', root }),
      folder,
      snapshotFile: join(folder, 'shipshape.snapshot.json'),
      scratchUrl: server.url('postgres'),
    });
    const told = findings.filter(({ code }) => code !== 'snapshot-missing');
    return `${verdictOf(told)}\n${told.map((each) => render(each, root)).join('')}`;
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return `refused, exit ${error.exit}\n${error.findings.map((each) => render(each, root)).join('')}`;
  }
}

function render(
  { severity, code, what, because, do: act, origin, migration }: Finding,
  root: string,
): string {
  const where = origin === undefined ? '' : ` at ${origin.file}:${origin.line}`;
  return `${severity} ${code}${where}${migration === undefined ? '' : ` of ${migration}`}
  ${what}
  because ${because}
  do ${act}
`.replaceAll(`${relative(process.cwd(), root)}/`, '');
}
