// Another tool's migrations taken back by ours: by the section for the way down, and the tool's own row goes with it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrateDatabase } from '../../../src/deploy/migrate.ts';
import { type UndoOptions, undo, undoDry } from '../../../src/deploy/undo.ts';
import { makeForeignUndoBook } from '../../../src/migrate/ledgers/foreign-undo-book.ts';
import { readFolder } from '../../../src/migrate/read-folder.ts';
import type { RunResult } from '../../../src/migrate/run-order.ts';
import { makeUndoing } from '../../../src/migrate/undo-book.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { parseTarget } from '../../../src/postgres/parse-target.ts';
import { ShipshapeError } from '../../../src/report/index.ts';
import { column, useWorld } from '../world.ts';
import { matrix, tools } from './tools.ts';

const world = useWorld();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipshape-undo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const down = (url: string, changes: Partial<UndoOptions> = {}): Promise<RunResult> =>
  undo({ target: parseTarget(url, {}), folder, on: () => undefined, ...changes });
const up = (url: string): Promise<RunResult> =>
  migrateDatabase({
    target: parseTarget(url, {}),
    folder,
    snapshotFile: join(folder, 'none.json'),
    on: () => undefined,
  });
const tablesOf = (session: Parameters<typeof column>[0]) =>
  column(session, "SELECT relname::text FROM pg_class WHERE relname ~ '^t[0-9]$' ORDER BY 1");
async function refused(asked: Promise<unknown>): Promise<readonly string[]> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ShipshapeError)) throw error;
  return error.findings.map(({ code, exit, because }) => `${code} ${exit} ${because}`);
}

/** Each with what it names its files, its marks and its rows, as its own source has them. */
const formats = {
  dbmate: {
    marks: ['-- migrate:up', '-- migrate:down'],
    rows: 'SELECT version FROM schema_migrations ORDER BY 1',
    kept: ['1'],
  },
  'node-pg-migrate': {
    marks: ['-- Up Migration', '-- Down Migration'],
    rows: 'SELECT name FROM pgmigrations ORDER BY 1',
    kept: ['1_t1'],
  },
  goose: {
    marks: ['-- +goose Up', '-- +goose Down'],
    rows: 'SELECT version_id::int FROM goose_db_version ORDER BY 1',
    kept: [0, 1],
  },
  'sql-migrate': {
    marks: ['-- +migrate Up', '-- +migrate Down'],
    rows: 'SELECT id FROM gorp_migrations ORDER BY 1',
    kept: ['1_t1.sql'],
  },
} as const;
type Format = keyof typeof formats;
const make = (number: number) => `CREATE TABLE t${number} (id integer PRIMARY KEY);`;
function write(format: Format, number: number, back: string | null): void {
  const [upMark, downMark] = formats[format].marks;
  const end = back === null ? '' : `${downMark}\n${back}\n`;
  writeFileSync(join(folder, `${number}_t${number}.sql`), `${upMark}\n${make(number)}\n${end}`);
}

describe.each(Object.keys(formats) as Format[])('%s', (format) => {
  const { rows, kept } = formats[format];

  test('the newest is undone, its row with it, and can be applied again; --to goes further', async () => {
    const { url, session } = await world.database();
    for (const number of [1, 2, 3]) write(format, number, `DROP TABLE t${number};`);
    expect((await up(url)).exit).toBe(0);
    const dry = await undoDry({ target: parseTarget(url, {}), folder });
    expect(dry.pending.map(({ statements }) => statements.flatMap(({ words }) => words))).toEqual([
      ['drop table t3'],
    ]);
    expect(await tablesOf(session)).toEqual(['t1', 't2', 't3']);
    expect(await down(url)).toMatchObject({ exit: 0, applied: [{ words: ['dropped table t3'] }], left: [] });
    expect(await tablesOf(session)).toEqual(['t1', 't2']);
    expect(await up(url)).toMatchObject({ exit: 0, applied: [{ id: '3_t3' }] });
    expect(await down(url, { to: '1' })).toMatchObject({ exit: 0, applied: [{}, {}] });
    expect([await tablesOf(session), await column(session, rows)]).toEqual([['t1'], kept]);
    expect(await down(url, { to: '1' })).toMatchObject({ exit: 0, applied: [] });
  });

  test('a way back that fails leaves everything, the row too', async () => {
    const { url, session } = await world.database();
    write(format, 1, 'DROP TABLE t1;');
    write(format, 2, 'DROP TABLE t2; DROP TABLE nowhere;');
    await up(url);
    const before = await column(session, rows);
    expect(await down(url)).toMatchObject({ exit: 6, failed: '2_t2.down', applied: [] });
    expect([await tablesOf(session), await column(session, rows)]).toEqual([['t1', 't2'], before]);
  });

  test.each([
    ['without a section', null],
    ['whose section holds only a remark', '-- nothing to do here'],
  ])('one %s is refused before anything is undone', async (_, back) => {
    const { url, session } = await world.database();
    write(format, 1, 'DROP TABLE t1;');
    write(format, 2, back);
    write(format, 3, 'DROP TABLE t3;');
    await up(url);
    expect(await refused(down(url, { to: '1' }))).toEqual([
      expect.stringMatching(
        /^down-missing 3 \S+2_t2\.sql holds no statement for the way down; nothing was undone$/,
      ),
    ]);
    expect(await tablesOf(session)).toEqual(['t1', 't2', 't3']);
  });

  test('a statement that no transaction takes is a step, and its journal goes with it', async () => {
    const { url, session } = await world.database();
    const [upMark, downMark] = formats[format].marks;
    const marks: Readonly<Record<Format, readonly [string, string]>> = {
      dbmate: [`${upMark} transaction:false`, `${downMark} transaction:false`],
      goose: [`-- +goose NO TRANSACTION\n${upMark}`, downMark],
      'sql-migrate': [`${upMark} notransaction`, `${downMark} notransaction`],
      'node-pg-migrate': [upMark, downMark],
    };
    write(format, 1, 'DROP TABLE t1;');
    writeFileSync(
      join(folder, '2_i.sql'),
      `${marks[format][0]}\nCREATE INDEX CONCURRENTLY i ON t1 (id);\n${marks[format][1]}\nDROP INDEX CONCURRENTLY i;\n`,
    );
    const index = () => column(session, "SELECT to_regclass('i')::text");
    for (let round = 0; round < 2; round += 1) {
      expect(await up(url)).toMatchObject({ exit: 0, left: [] });
      expect(await index()).toEqual(['i']);
      expect(await down(url)).toMatchObject({ exit: 0, applied: [{ id: '2_i.down' }] });
      expect(await index()).toEqual([null]);
      expect(await column(session, 'SELECT migration FROM shipshape.step')).toEqual([]);
    }
    expect(await column(session, rows)).toEqual(kept);
  });
});

describe.runIf(existsSync(join(matrix, 'knex'))).each(tools.filter(({ undo }) => undo !== undefined))(
  'the real $name',
  ({ write: writeFile, apply, undo: undoByTool }) => {
    test('and ours take turns in going back and forth', async () => {
      const { url, session } = await world.database();
      const ids = [1, 2, 3].map((number) => writeFile(folder, number));
      await apply(folder, url);
      expect(await down(url)).toMatchObject({ exit: 0, applied: [{ id: `${ids[2]}.down` }] });
      expect(await tablesOf(session)).toEqual(['t1', 't2']);
      await undoByTool?.(folder, url);
      expect(await tablesOf(session)).toEqual(['t1']);
      await apply(folder, url);
      expect(await tablesOf(session)).toEqual(['t1', 't2', 't3']);
      expect(await up(url)).toMatchObject({ exit: 0, applied: [] });
      expect(await down(url, { to: ids[0] })).toMatchObject({ exit: 0, applied: [{}, {}] });
      await apply(folder, url);
      expect(await tablesOf(session)).toEqual(['t1', 't2', 't3']);
    });
  },
);

test("the tool's own lock is taken, and a row that it took away meanwhile is seen under it", async () => {
  const { url, session } = await world.database();
  write('node-pg-migrate', 1, 'DROP TABLE t1;');
  await up(url);
  const holder = await connect(url);
  await holder.query('SELECT pg_advisory_lock(7241865325823964)');
  expect(await down(url, { waitSeconds: 1 })).toMatchObject({ exit: 5, applied: [] });
  await holder.close();
  const read = await readFolder(folder);
  const book = await makeForeignUndoBook(read, null);
  const [undoing] = read.migrations.flatMap((each) => makeUndoing(each) ?? []);
  await session.query('BEGIN; DELETE FROM pgmigrations');
  expect(await refused(Promise.resolve(book?.enter(session, undoing!)))).toEqual([
    'migration-taken-by-tool 5 pgmigrations had a row of it when this run began',
  ]);
  await session.query('ROLLBACK');
});

test('Prisma, Drizzle and programs have no way back here, which is said', async () => {
  const { url } = await world.database();
  mkdirSync(join(folder, '20240101000000_a'));
  writeFileSync(join(folder, '20240101000000_a/migration.sql'), make(1));
  writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  expect(await refused(down(url))).toEqual(['down-of-another-tool 3 Prisma keeps only the way forward']);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(join(folder, '1_a.js'), 'exports.up = (knex) => knex.raw("select 1");\n');
  expect(await refused(down(url))).toEqual([
    'down-of-another-tool 3 its migrations are programs, which Knex alone can run',
  ]);
});
