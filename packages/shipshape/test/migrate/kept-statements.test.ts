// What a snapshot keeps of a file's statements says what the parser says, and only of files that need no more.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainHeader } from '../../src/migrate/header.ts';
import { keepStatements } from '../../src/migrate/keep-statements.ts';
import type { Migration } from '../../src/migrate/migration.ts';
import { recallStatements } from '../../src/migrate/recall-statements.ts';
import { readStatements } from '../../src/migrate/statements.ts';
import type { ToldStatement } from '../../src/migrate/told-statement.ts';
import { ShipshapeError } from '../../src/report/index.ts';

const file = (sql: string, changes: Partial<Migration> = {}): Migration => ({
  id: '0001_file',
  file: `${process.cwd()}/migrations/0001_file.sql`,
  checksum: 'sha256:0',
  sql,
  rule: 'each file',
  header: plainHeader,
  ...changes,
});

const withoutTree = ({ text, line, changes, outside, keepsPrepared }: ToldStatement): ToldStatement => ({
  text,
  line,
  changes,
  outside,
  keepsPrepared,
});

test('what is kept of a file, and written down, is recalled as the parser reads it', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .map((text) => `"${text.replaceAll('\0', 'x').replaceAll('"', '""')}"`);
  const statement = fc.oneof(
    name.map((each) => `CREATE TABLE IF NOT EXISTS ${each} (id int, "größe" text DEFAULT ';')`),
    name.map((each) => `ALTER TABLE ${each} ADD COLUMN a int,\n  DROP COLUMN IF EXISTS b`),
    name.map((each) => `UPDATE ${each} SET a = 1`),
    name.map((each) => `COMMENT ON TABLE ${each} IS $$ü; 😀$$`),
    fc.constant('CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1; SELECT 2$$'),
  );
  const gap = fc.constantFrom('', '\n', ' -- ö; 😀\n', '/* ; */', '\r\n\n');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(gap, statement), { maxLength: 5 }), async (parts) => {
      const migration = file(parts.map(([before, sql]) => `${before}${sql};`).join(''));
      const written = JSON.stringify(await keepStatements(migration));
      const read = await readStatements(migration);
      expect(read).toHaveLength(parts.length);
      expect(recallStatements(migration, JSON.parse(written))).toEqual(read.map(withoutTree));
    }),
    { numRuns: 200 },
  );
});

test.each<[string, Migration]>([
  ['runs outside a transaction', file('CREATE TABLE a (); CREATE INDEX CONCURRENTLY ON a (id)')],
  [
    'commits statement by statement',
    file('CREATE TABLE a ()', { rule: 'each statement', header: { ...plainHeader, noTransaction: true } }),
  ],
  ['is a backfill', file('UPDATE a SET b = 1 WHERE id BETWEEN $1 AND $2', { rule: 'each batch' })],
  ['may prepare something', file('CREATE TABLE a (); DO $$BEGIN END$$')],
  ['calls a function', file('CREATE TABLE a (); SELECT f()')],
  ['clears the session', file('DISCARD PLANS')],
  ['ends its transaction', file('CREATE TABLE a (); COMMIT')],
  ["waits for the client's rows", file('COPY a FROM STDIN')],
  ["is another tool's", { ...file('CREATE TABLE a ()'), header: undefined } as unknown as Migration],
])('nothing is kept of a file that %s', async (_, migration) => {
  expect(await keepStatements(migration)).toBeNull();
});

test('a file that no parser can read is told where it would be kept', async () => {
  const error = await keepStatements(file('CREATE TABEL a ()')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ShipshapeError);
  expect((error as ShipshapeError).findings.map(({ code }) => code)).toEqual(['migration-syntax']);
});
