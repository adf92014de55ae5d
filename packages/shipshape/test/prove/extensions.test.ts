// Extensions that the scratch server lacks: one that it has in name only, and one that it has not at all.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { check } from '../../src/prove/check.ts';
import { openScratch } from '../../src/prove/scratch.ts';
import { withoutParameters } from '../../src/prove/without-parameters.ts';
import { ShipshapeError } from '../../src/report/index.ts';
import { drizzle } from '../../src/sources/drizzle/index.ts';
import { sql } from '../../src/sources/sql/index.ts';

const cases = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const copies: string[] = [];
let named: ScratchServer;
let bare: ScratchServer;
beforeAll(async () => {
  [named, bare] = await Promise.all([startScratchServer({ standIns: true }), startScratchServer()]);
});
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});
afterAll(() => Promise.all([named.stop(), bare.stop()]));

/** A copy of the case, inside the project so that its models find drizzle-orm. */
function open(name: string, server: ScratchServer | null) {
  const root = mkdtempSync(join(cases, '../.copy-'));
  copies.push(root);
  cpSync(join(cases, name), root, { recursive: true });
  return {
    source: drizzle({ schema: 'schema.ts', root }),
    folder: join(root, 'migrations'),
    snapshotFile: join(root, 'no-snapshot.json'),
    snapshotExpected: false,
    scratchUrl: server?.url('postgres'),
  };
}

const refusals = (run: Promise<unknown>) =>
  run.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => {
      if (!(error instanceof ShipshapeError)) throw error;
      return error.findings;
    },
  );

test.each([
  ['the embedded server', () => null],
  ['a server with the same stand-ins', () => named],
])('vectors are checked on %s, and that they were a stand-in is said', async (_, server) => {
  const { verdict, findings, coverage } = await check(open('agreed--vectors', server()));
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  expect(verdict).toBe('agreed');
  expect(coverage.notCompared).toEqual([
    {
      what: 'what the extension vector does',
      because: 'the embedded PostgreSQL has a stand-in with its names',
    },
  ]);
});

test('a server that has no vector is told so, with the place and the way out', async () => {
  const [finding, ...others] = await refusals(check(open('agreed--vectors', bare)));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    code: 'extension-not-available',
    what: expect.stringMatching(
      /0001_search\.sql:1 creates the extension vector, which the scratch PostgreSQL does not have$/,
    ),
    do: expect.stringContaining('--scratch postgres://'),
  });
});

test('an extension that nobody stands in for is told, and nothing that builds on it', async () => {
  const findings = await refusals(check(open('broken--an-extension', null)));
  expect(findings.map(({ code, what }) => [code, what.replace(/^.*migrations/, 'migrations')])).toEqual([
    [
      'extension-not-available',
      'migrations/0001_places.sql:3 creates the extension postgis, which the scratch PostgreSQL does not have',
    ],
  ]);
});

test('it is told in a schema of SQL as well', async () => {
  const { folder } = open('broken--an-extension', null);
  const source = sql({ files: '*.sql', root: folder, openScratch: () => openScratch({}) });
  const findings = await refusals(source.declare({ origins: true }));
  expect(findings.map(({ code, origin }) => [code, origin])).toEqual([
    ['extension-not-available', { file: '0001_places.sql', line: 3 }],
  ]);
});

test('storage parameters of a stand-in are blanked out, and everything else stays where it was', async () => {
  const near = `CREATE INDEX "größe (m = 1)" ON t USING hnsw (e vector_l2_ops) WITH (m = 16,\n ef_construction = 64) WHERE a > 1; SELECT 1`;
  const blank = near.replace(/WITH \(m = 16,\n ef_construction = 64\)/, (text) =>
    text.replaceAll(/[^\n]/g, ' '),
  );
  expect(await withoutParameters(near)).toBe(blank);
  for (const kept of [
    'CREATE INDEX ON t USING btree (hnsw) WITH (fillfactor = 70)',
    'CREATE INDEX ON t USING hnsw (with_e vector_l2_ops)',
    'CREATE INDEX ON t USING hnsw (e) WITH (nonsense',
    `SELECT 'CREATE INDEX ON t USING hnsw (e) WITH (m = 16)'`,
  ])
    expect(await withoutParameters(kept)).toBe(kept);
});
