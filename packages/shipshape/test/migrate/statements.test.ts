// Files cut into statements by PostgreSQL's own parser, and what a file cannot hold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainHeader } from '../../src/migrate/header.ts';
import type { Migration } from '../../src/migrate/migration.ts';
import { prepare } from '../../src/migrate/prepare.ts';
import { readStatements } from '../../src/migrate/statements.ts';
import { ShipshapeError } from '../../src/report/index.ts';

function file(sql: string): Migration {
  return {
    id: '0001_file',
    file: `${process.cwd()}/migrations/0001_file.sql`,
    checksum: 'sha256:0',
    sql,
    rule: 'each file',
  };
}

async function findingsOf(sql: string): Promise<readonly string[]> {
  const error = await prepare([file(sql)], '18.4').catch((reason: unknown) => reason);
  if (!(error instanceof ShipshapeError)) throw new Error(`no ShipshapeError but ${JSON.stringify(error)}`);
  return error.findings.map(
    ({ exit, code, what, origin }) => `${exit} ${code} ${origin?.file}:${origin?.line} ${what}`,
  );
}

test('statements keep their text and the line of their first word', async () => {
  const sql = `-- für Ärger: ; in a comment
CREATE TABLE a (
  "ü;" text DEFAULT ';''é'
);

/* a ; block
   comment */ DO $body$ BEGIN PERFORM 1; PERFORM 2; END $body$;
;;
  SELECT 'ü', $$;$$ ;SELECT 2
-- the end`;
  const statements = await readStatements(file(sql));
  expect(statements.map(({ line, text }) => [line, text])).toEqual([
    [2, `CREATE TABLE a (\n  "ü;" text DEFAULT ';''é'\n)`],
    [7, 'DO $body$ BEGIN PERFORM 1; PERFORM 2; END $body$'],
    [9, `SELECT 'ü', $$;$$`],
    [9, 'SELECT 2\n-- the end'],
  ]);
});

test('a file of nothing, or of comments, has no statement', async () => {
  for (const sql of ['', '  \n', '-- nothing', '/* nothing */ ;; '])
    expect(await readStatements(file(sql))).toEqual([]);
});

test('whatever stands in literals, statements come out as they went in', async () => {
  // Anything but NUL, which no text in PostgreSQL can hold, and half a surrogate pair, which no file can.
  const literal = fc
    .string({ unit: 'grapheme' })
    .map((text) => `SELECT '${text.replaceAll('\0', '').replaceAll("'", "''")}'`);
  const gap = fc.constantFrom(' ', '\n', ' -- ö;\n', '/* ; */', '\r\n\n');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(gap, literal), { minLength: 1, maxLength: 6 }), async (parts) => {
      const sql = parts.map(([before, text]) => `${before}${text};`).join('');
      const statements = await readStatements(file(sql));
      expect(statements.map(({ text }) => text)).toEqual(parts.map(([, text]) => text));
      for (const { text, line } of statements)
        expect(
          sql
            .split('\n')
            .slice(line - 1)
            .join('\n'),
        ).toContain(text);
    }),
    { numRuns: 200 },
  );
});

test('a syntax error is told with its line, counted in characters', async () => {
  expect(await findingsOf(`SELECT '${'ü😀'.repeat(50)}';\n\nALTER TABLE t ADD COLUM x int;`)).toEqual([
    '2 migration-syntax migrations/0001_file.sql:3 0001_file: syntax error at or near "int"',
  ]);
  expect(await findingsOf(`-- ${'ü'.repeat(200)}\nSELECTT 1;\nSELECT 1;`)).toEqual([
    '2 migration-syntax migrations/0001_file.sql:2 0001_file: syntax error at or near "SELECTT"',
  ]);
});

test('the first of several files that does not parse is told, before anything else', async () => {
  const bad = { ...file('CREATE TABLE;'), id: '0002_bad', file: '/somewhere/0002_bad.sql' };
  const error = await prepare([file('VACUUM'), bad], '18.4').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ShipshapeError);
  expect((error as ShipshapeError).findings.map((finding) => finding.what)).toEqual([
    '0002_bad: syntax error at or near ";"',
  ]);
});

test.each([
  ['BEGIN', 'BEGIN'],
  ['START TRANSACTION', 'START'],
  ['COMMIT', 'COMMIT'],
  ['END', 'COMMIT'],
  ['ROLLBACK', 'ROLLBACK'],
  ['ABORT', 'ROLLBACK'],
  ["PREPARE TRANSACTION 'x'", 'PREPARE TRANSACTION'],
  ["COMMIT PREPARED 'x'", 'COMMIT PREPARED'],
  ["ROLLBACK PREPARED 'x'", 'ROLLBACK PREPARED'],
])('%s in a file is refused by name', async (sql, name) => {
  expect(await findingsOf(`SELECT 1;\n${sql};`)).toEqual([
    `3 migration-holds-transaction migrations/0001_file.sql:2 0001_file holds ${name}`,
  ]);
});

test.each([
  ['CREATE INDEX CONCURRENTLY i ON t (a)', 'CREATE INDEX CONCURRENTLY'],
  ['DROP INDEX CONCURRENTLY i', 'DROP INDEX CONCURRENTLY'],
  ['REINDEX INDEX CONCURRENTLY i', 'REINDEX CONCURRENTLY'],
  ['REINDEX SCHEMA s', 'REINDEX SCHEMA'],
  ['REINDEX DATABASE d', 'REINDEX DATABASE'],
  ['ALTER TABLE t DETACH PARTITION p CONCURRENTLY', 'ALTER TABLE … DETACH PARTITION CONCURRENTLY'],
  ['VACUUM FULL t', 'VACUUM'],
  ['CLUSTER', 'CLUSTER of the whole database'],
  ["ALTER SYSTEM SET work_mem = '1MB'", 'ALTER SYSTEM'],
  ['CREATE DATABASE d', 'CREATE DATABASE'],
  ['DROP DATABASE d', 'DROP DATABASE'],
  ['ALTER DATABASE d SET TABLESPACE s', 'ALTER DATABASE … SET TABLESPACE'],
  ["CREATE TABLESPACE s LOCATION '/x'", 'CREATE TABLESPACE'],
  ['DROP TABLESPACE s', 'DROP TABLESPACE'],
  ["CREATE SUBSCRIPTION s CONNECTION 'password=secret' PUBLICATION p", 'CREATE SUBSCRIPTION'],
  ['DISCARD ALL', 'DISCARD ALL'],
])('%s is refused by name, since it cannot run in a transaction', async (sql, name) => {
  expect(await findingsOf(`SELECT 1;\n\n${sql};`)).toEqual([
    `3 migration-outside-transaction migrations/0001_file.sql:3 0001_file holds ${name}, which cannot run in a transaction`,
  ]);
});

test('rows that only a client could send are refused, whatever the rule of the file', async () => {
  const told = '3 migration-reads-client migrations/0001_file.sql:2 0001_file holds COPY … FROM STDIN';
  expect(await findingsOf('SELECT 1;\nCOPY t FROM STDIN;')).toEqual([told]);
  expect(await findingsOf('SELECT 1;\nCOPY t (a) FROM STDIN WITH (FORMAT csv);')).toEqual([told]);
  await prepare([file("COPY t FROM '/x'; COPY t FROM PROGRAM 'x'; COPY t TO STDOUT")], '18.4');
});

test('the way out is named, and holds no secret', async () => {
  const actOf = async (sql: string, ours: Partial<Migration> = { header: plainHeader }) => {
    const error = (await prepare([{ ...file(sql), ...ours }], '18.4').catch(
      (reason: unknown) => reason,
    )) as ShipshapeError;
    return error.findings[0]?.do;
  };
  expect(await actOf('SELECT 1;\nCREATE INDEX CONCURRENTLY i ON t (a);')).toBe(
    'write -- shipshape: no-transaction on the first line of migrations/0001_file.sql (each statement then commits by itself), or move migrations/0001_file.sql:2 into a file of its own',
  );
  expect(await actOf('DISCARD ALL')).toBe('take it out at migrations/0001_file.sql:1');
  expect(await actOf('SELECT 1;\nVACUUM', {})).toBe(
    "move migrations/0001_file.sql:2 into a file of its own, with its tool's mark for no transaction where there is one (dbmate: transaction:false, goose: NO TRANSACTION, sql-migrate: notransaction)",
  );
});

test.each([
  'CREATE INDEX CONCURRENTLY i ON t (a); DROP INDEX CONCURRENTLY h;',
  'VACUUM',
  "ALTER SYSTEM SET work_mem = '1MB'",
])('a file of nothing but such statements is run step by step: %s', async (sql) => {
  expect((await prepare([file(sql)], '18.4'))[0]?.migration.rule).toBe('each statement');
});

test('a file of others, and one of nothing, is one transaction', async () => {
  expect(
    (await prepare([file('SELECT 1'), file('-- nothing')], '18.4')).map((each) => each.migration.rule),
  ).toEqual(['each file', 'each file']);
});

test('where each statement commits by itself, those may run; a transaction of its own, a savepoint and DISCARD ALL may not', async () => {
  const apart: Migration = {
    ...file('SELECT 1; VACUUM; BEGIN; SAVEPOINT s; DISCARD ALL'),
    rule: 'each statement',
  };
  const error = (await prepare([apart], '18.4').catch((reason: unknown) => reason)) as ShipshapeError;
  expect(error.findings.map(({ what }) => what)).toEqual([
    '0001_file holds BEGIN',
    '0001_file holds SAVEPOINT',
    '0001_file holds DISCARD ALL, which cannot run in a transaction',
  ]);
});

test('a newer server that the header asks for is asked for before anything runs', async () => {
  const picky: Migration = { ...file('SELECT 1'), header: { ...plainHeader, requires: 15 } };
  expect(await prepare([picky], '15.2 (Debian 15.2-1)')).toHaveLength(1);
  const error = (await prepare([picky], '14.19').catch((reason: unknown) => reason)) as ShipshapeError;
  expect(error.exit).toBe(3);
  expect(error.findings[0]?.what).toBe('0001_file requires PostgreSQL 15, and this is PostgreSQL 14');
});

test('all that is refused in all files is told at once', async () => {
  expect(await findingsOf('BEGIN;\nVACUUM;\nCOMMIT;')).toHaveLength(3);
});

test('what only looks like it may run', async () => {
  const sql = `SAVEPOINT a; ROLLBACK TO a; RELEASE a; REINDEX TABLE t; ANALYZE t; CLUSTER t USING i; DROP INDEX i;
    ALTER DATABASE d SET search_path = x; DISCARD TEMP; CREATE INDEX i ON t (a);
    CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)`;
  expect((await prepare([file(sql)], '18.4'))[0]?.statements).toHaveLength(11);
});
