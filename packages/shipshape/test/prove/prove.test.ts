// check and writeSnapshot on folders of SQL and models, each judged on a real PostgreSQL.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Source } from '../../src/catalog/index.ts';
import { check } from '../../src/prove/check.ts';
import { writeSnapshot } from '../../src/prove/write-snapshot.ts';
import { ShipshapeError } from '../../src/report/index.ts';
import { renderFindings } from '../../src/report/render/findings.ts';
import { drizzle } from '../../src/sources/drizzle/index.ts';

const cases = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const copies: string[] = [];
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});
afterAll(() => server.stop());

/** A copy of the case that may be changed, inside the project so that its models find drizzle-orm. */
function open(name: string) {
  const root = mkdtempSync(join(cases, '../.copy-'));
  copies.push(root);
  cpSync(join(cases, name), root, { recursive: true });
  const folder = join(root, 'migrations');
  const options = {
    source: drizzle({ schema: 'schema.ts', root }),
    folder,
    snapshotFile: join(folder, 'shipshape.snapshot.json'),
    scratchUrl: server.url('postgres'),
  };
  return { root, folder, options, read: (file: string) => readFileSync(join(root, file), 'utf8') };
}

const look = { width: 100, colour: false, rows: 'all' } as const;

test('a folder that builds what the models declare agrees once its snapshot is written', async () => {
  const { options } = open('agreed--two-files');
  expect((await writeSnapshot(options)).outcome).toBe('written');
  const result = await check(options);
  expect(result.findings).toEqual([]);
  expect(result.verdict).toBe('agreed');
  expect(result.coverage).toEqual({ tables: 2, columns: 7, uniqueKeys: 3, enums: 1 });
  expect((await writeSnapshot(options)).outcome).toBe('unchanged');
});

test('types and functions that models only name are those of the migrations, whatever their bodies are about', async () => {
  const { options } = open('agreed--types-and-functions-of-migrations');
  expect((await writeSnapshot(options)).outcome).toBe('written');
  const { verdict, findings, coverage } = await check(options);
  expect(verdict).toBe('agreed');
  // Nothing but that a table is in SQL only.
  expect(findings.map(({ code, address }) => [code, address])).toMatchObject([
    ['unmapped-object', { kind: 'table', name: 'other' }],
  ]);
  expect(coverage).toEqual({ tables: 1, columns: 12, uniqueKeys: 1, enums: 0 });
});

test.each([
  ['what agrees', '', 0],
  ['a table that only the migrations make', 'create table other (id integer);\n', 0],
  ['a column that only they make', 'alter table purchase add column old text;\n', 0],
  ['a column that they drop', 'alter table purchase drop column note;\n', 1],
])('the text of the models is read for lines that a finding tells: %s', async (_, sql, times) => {
  const { options, folder } = open('agreed--two-files');
  writeFileSync(join(folder, '0003_more.sql'), sql);
  let located = 0;
  const source: Source = {
    ...options.source,
    async declare(wanted) {
      const { locate, ...read } = await options.source.declare(wanted);
      return {
        ...read,
        async locate() {
          located += 1;
          return (await locate?.()) ?? read;
        },
      };
    },
  };
  const { findings } = await check({ ...options, source, snapshotExpected: false });
  expect(located).toBe(times);
  const forgotten = findings.filter(({ code }) => code === 'forgotten-migration');
  expect(forgotten.map(({ origin }) => origin?.file)).toEqual(Array(times).fill('schema.ts'));
});

test('the snapshot remembers which file made a thing, and which gave an aspect its present value', async () => {
  const { options, folder, root, read } = open('agreed--two-files');
  writeFileSync(join(folder, '0003_note.sql'), "alter table purchase alter column note set default '';\n");
  writeFileSync(
    join(root, 'schema.ts'),
    read('schema.ts').replace("text('note')", "text('note').default('')"),
  );
  const { snapshot } = await writeSnapshot(options);
  expect(snapshot.provenance).toMatchObject({
    'table public.purchase': '0001_shop',
    'column public.purchase.total': '0002_total',
    'index public.purchase.purchase_open_idx': '0002_total',
    'column public.purchase.note': '0001_shop',
    'column public.purchase.note#default': '0003_note',
  });
});

test('what a view is declared with and its query does not give is found, at the line that declares it', async () => {
  const { options, read } = open('views--columns');
  await writeSnapshot(options);
  const result = await check(options);
  expect(result.verdict).toBe('forgotten');
  const file = join(cases, 'views--columns', 'findings.txt');
  await expect(renderFindings(result.findings, look)).toMatchFileSnapshot(file);
  for (const { origin } of result.findings)
    expect(read('schema.ts').split('\n')[(origin?.line ?? 0) - 1]).toMatch(
      /lacking|madeAt|note|retyped|state|day|number/,
    );
});

test('of a view that is declared without its query, what to write is said, and no query is made up', async () => {
  const { options } = open('views--elsewhere');
  const result = await check({ ...options, snapshotExpected: false });
  const told = result.findings.filter((each) => each.code === 'forgotten-migration');
  await expect(renderFindings(told, look)).toMatchFileSnapshot(
    join(cases, 'views--elsewhere', 'findings.txt'),
  );
});

describe.each(['forgotten--a-column', 'forgotten--a-wider-type', 'forgotten--an-enum-label'])(
  '%s',
  (name) => {
    test('is found, with the line that declares it, and no snapshot is written of it', async () => {
      const { options, read } = open(name);
      const result = await check(options);
      expect(result.verdict).toBe('forgotten');
      const told = result.findings.filter((each) => !each.code.startsWith('snapshot-'));
      await expect(renderFindings(told, look)).toMatchFileSnapshot(join(cases, name, 'findings.txt'));
      for (const { origin } of told) {
        expect(origin?.file).toBe('schema.ts');
        expect(read('schema.ts').split('\n')[(origin?.line ?? 0) - 1]).toMatch(/total|email|orderState/);
      }
      expect((await writeSnapshot(options)).outcome).toBe('refused');
      expect((await check(options)).findings.map((each) => each.code)).toContain('snapshot-missing');
    });
  },
);

test('the first file that does not apply is named with its line, and nothing behind it is judged', async () => {
  const { options } = open('broken--a-file-that-does-not-apply');
  const error = await check(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof ShipshapeError)) throw error;
  expect(error.exit).toBe(1);
  expect(error.findings.map((each) => each.code)).toEqual(['migration-does-not-apply']);
  expect(error.findings[0]?.origin?.line).toBe(3);
  expect(error.findings[0]?.what).toContain('customer_idd');
});

describe('the snapshot', () => {
  test('is stale when a migration was added, edited or removed, and says which', async () => {
    const { options, folder } = open('agreed--two-files');
    await writeSnapshot(options);
    writeFileSync(join(folder, '0003_more.sql'), 'create index customer_id_idx on customer (id);\n');
    const added = await check(options);
    expect(
      added.findings
        .filter((each) => each.severity === 'error')
        .map((each) => each.what)
        .join(),
    ).toContain('it does not know 0003_more');
    rmSync(join(folder, '0003_more.sql'));
    const file = join(folder, '0002_total.sql');
    writeFileSync(file, `${readFileSync(file, 'utf8')}-- a remark\n`);
    const edited = await check(options);
    expect(edited.findings.map((each) => each.what).join()).toContain('0002_total was edited since');
  });

  test('is stale when the models changed what they need, and not when their lines only moved', async () => {
    const { options, root, read } = open('agreed--two-files');
    await writeSnapshot(options);
    writeFileSync(join(root, 'schema.ts'), `// moved\n\n${read('schema.ts')}`);
    expect((await check(options)).findings).toEqual([]);
    // Another file: a module that was loaded once is not loaded again by one process.
    writeFileSync(
      join(root, 'later.ts'),
      read('schema.ts').replace("  note: text('note'),\n", '').replace('text, ', ''),
    );
    const later = await check({ ...options, source: drizzle({ schema: 'later.ts', root }) });
    expect(later.findings.map((each) => each.what).join()).toContain('the models changed public.purchase');
  });

  test('with conflict markers or a hand edit is no snapshot', async () => {
    const { options, root } = open('agreed--two-files');
    await writeSnapshot(options);
    const file = join(root, 'migrations/shipshape.snapshot.json');
    const whole = readFileSync(file, 'utf8');
    for (const text of [
      whole.replace('"format"', '<<<<<<< ours\n"format"'),
      whole.replace('character varying(320)', 'character varying(32)'),
      whole.slice(0, -20),
    ]) {
      writeFileSync(file, text);
      await expect(check(options)).rejects.toMatchObject({
        findings: [{ code: 'snapshot-unreadable', exit: 2 }],
      });
    }
  });
});
