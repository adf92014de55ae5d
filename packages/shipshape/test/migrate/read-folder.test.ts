// The folder of migrations: order, names, and everything that would be skipped in silence.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { ShipshapeError } from '../../src/report/index.ts';
import { useFolders } from './folders.ts';

const folder = useFolders();

async function codesOf(path: string, format: 'auto' | 'shipshape' = 'auto'): Promise<readonly string[]> {
  const error = await readFolder(path, { format }).catch((reason: unknown) => reason);
  if (!(error instanceof ShipshapeError)) throw new Error(`no ShipshapeError but ${error}`);
  expect(error.exit).toBe(2);
  return error.findings.map((finding) => `${finding.code}: ${finding.what}`);
}

test('files come in the order of their numbers, with the checksum of their bytes', async () => {
  const path = folder({
    '10000_last.sql': 'select 3',
    '0002_two.sql': 'select 2',
    '0010_ten.sql': 'select 10',
    '00011_eleven.sql': 'select 11',
    'README.md': 'text',
    'shipshape.snapshot.json': '{}',
  });
  const { migrations } = await readFolder(path);
  expect(migrations.map(({ id, sql }) => [id, sql])).toEqual([
    ['0002_two', 'select 2'],
    ['0010_ten', 'select 10'],
    ['00011_eleven', 'select 11'],
    ['10000_last', 'select 3'],
  ]);
  expect(migrations[0]?.checksum).toBe(`sha256:${createHash('sha256').update('select 2').digest('hex')}`);
  expect(migrations[0]?.file).toBe(join(path, '0002_two.sql'));
});

test('a byte order mark is no part of the SQL, but of the checksum', async () => {
  const bytes = Buffer.from('\ufeffselect 1');
  const path = folder({ '0001_marked.sql': '\ufeffselect 1' });
  const [migration] = (await readFolder(path)).migrations;
  expect(migration?.sql).toBe('select 1');
  expect(migration?.checksum).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
});

test('a folder that is not there, or is a file, is told from an empty one', async () => {
  const path = folder({ 'notes.md': '' });
  expect(await codesOf(join(path, 'nowhere'))).toEqual([
    `folder-missing: there is no folder ${join(path, 'nowhere')}`,
  ]);
  expect(await codesOf(join(path, 'notes.md'))).toEqual([
    `folder-missing: there is no folder ${join(path, 'notes.md')}`,
  ]);
  expect(await codesOf(path)).toEqual([`folder-empty: ${path} holds no migration, only notes.md`]);
});

test('whatever looks like a migration and is not named like one is refused', async () => {
  const path = folder({
    '0001_first.sql': '',
    '51_short.sql': '',
    'add_column.sql': '',
    '0002_Upper.SQL': '',
    '0003_two words.sql': '',
    '0004_down.down.sql': '',
  });
  mkdirSync(join(path, '20240101_prisma'));
  mkdirSync(join(path, 'notes'));
  const found = await codesOf(path, 'shipshape');
  expect(found.map((line) => line.replace(`${path}/`, '')).sort()).toEqual(
    [
      ...['0002_Upper.SQL', '0003_two words.sql', '20240101_prisma', '51_short.sql', 'add_column.sql'].map(
        (name) => `migration-name-foreign: ${name} is not named NNNN_name.sql`,
      ),
      'migration-down-alone: 0004_down.down.sql undoes nothing',
    ].sort(),
  );
});

test('two files with one number are refused, however the number is written', async () => {
  const path = folder({ '0007_one.sql': '', '00007_two.sql': '', '0008_other.sql': '' });
  expect(await codesOf(path)).toEqual([
    `migration-number-twice: ${join(path, '00007_two.sql')} and ${join(path, '0007_one.sql')} have the same number 7`,
  ]);
});

test('what is no UTF-8, or would end early at a NUL, is refused', async () => {
  const path = folder({});
  writeFileSync(join(path, '0001_latin.sql'), Buffer.from([0x2d, 0x2d, 0x20, 0xe9]));
  writeFileSync(join(path, '0002_nul.sql'), 'select 1;\0drop table t;');
  expect(await codesOf(path)).toEqual([
    `migration-not-text: ${join(path, '0001_latin.sql')} is not UTF-8`,
    `migration-not-text: ${join(path, '0002_nul.sql')} holds a NUL character`,
  ]);
});
