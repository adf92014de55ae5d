// What only psql understands: followed, left out, or refused with its line; and left alone where it is text.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takePsqlCommands } from '../../../src/sources/sql/psql-commands.ts';
import { makeProject } from '../drizzle/project.ts';
import { placesOf, useServer } from './declare.ts';

const server = useServer();

describe('files that psql would include', () => {
  test('are read in their place, once, under the settings of the file that includes them', async () => {
    const declaration = await server.declare({
      'all.sql':
        'CREATE SCHEMA shop;\nSET search_path = shop;\n\\i db/tables.sql\nCREATE TABLE last (id int);\n',
      'db/tables.sql': "\\ir 'more of it.sql'\nCREATE TABLE items (id int);\n",
      'db/more of it.sql': 'CREATE TABLE first (id int);\n',
    });
    expect(placesOf(declaration).filter((each) => each.startsWith('table'))).toEqual([
      'table shop.first db/more of it.sql:1',
      'table shop.items db/tables.sql:2',
      'table shop.last all.sql:4',
    ]);
  });

  test('are refused when they are absent, go round in a circle, or are not written out', async () => {
    const texts = {
      'all.sql': 'CREATE TABLE a (id int);\n\\i absent.sql\n\\i round.sql\n\\i :folder/b.sql\n',
      'round.sql': '\\include all.sql\n',
    };
    expect(await server.refusalOf(texts, 'all.sql')).toEqual([
      'schema-sql-psql (2): all.sql:2: \\i absent.sql cannot be followed: absent.sql is not there',
      'schema-sql-psql (2): round.sql:1: \\include all.sql cannot be followed: all.sql includes this file',
      'schema-sql-psql (2): all.sql:4: \\i :folder/b.sql cannot be followed: its path is not written out',
    ]);
  });

  test('are refused inside a statement', async () => {
    expect(await server.refusalOf({ 'a.sql': 'CREATE TABLE a (id int\n\\i columns.sql\n);\n' })).toEqual([
      'schema-sql-psql (2): a.sql:2: \\i columns.sql cannot be followed: it stands inside a statement',
    ]);
  });
});

describe('commands', () => {
  test('about what psql shows are left out, and so are rows', async () => {
    const declaration = await server.declare({
      'dump.sql': `\\restrict abc
\\set ON_ERROR_STOP on
\\echo 'it''s \\ on'
\\encoding UTF8
CREATE DATABASE calls;
\\connect calls
SET statement_timeout = 0;
CREATE TABLE a (id int, t text);
COPY public.a (id, t) FROM stdin WITH (DELIMITER ',');
1,'
\\.
\\copy a from stdin
2	;"
\\.
CREATE TABLE b (id int); \\pset pager off
\\unrestrict abc
`,
    });
    expect(placesOf(declaration).filter((each) => each.startsWith('table'))).toEqual([
      'table public.a dump.sql:8',
      'table public.b dump.sql:15',
    ]);
  });

  test('that choose, compute or leave the database are refused, all at once', async () => {
    const text = `CREATE TABLE a (id int);
\\if :is_test
CREATE TABLE b (id int);
\\endif
SELECT 'CREATE TABLE c (id int)' \\gexec
\\connect other
\\q
\\! createdb x
\\encoding LATIN1
\\echo x \\i b.sql
`;
    const told = await server.refusalOf({ 'a.sql': text });
    expect(told.map((each) => each.replace(/^schema-sql-psql \(2\): /, ''))).toEqual([
      'a.sql:2: \\if :is_test cannot be followed: only psql itself can say what it comes to',
      'a.sql:4: \\endif cannot be followed: only psql itself can say what it comes to',
      'a.sql:5: \\gexec cannot be followed: only psql itself can say what it comes to',
      'a.sql:6: \\connect other cannot be followed: what follows belongs to another database',
      'a.sql:7: \\q cannot be followed: only psql itself can say what it comes to',
      'a.sql:8: \\! createdb x cannot be followed: only psql itself can say what it comes to',
      'a.sql:9: \\encoding LATIN1 cannot be followed: only UTF-8 is read',
      'a.sql:10: \\echo x \\i b.sql cannot be followed: another command follows on its line',
    ]);
  });

  test('beside a fault of syntax are told with it', async () => {
    const text = '\\if true\nCREATE TABLE :name (id int);\n\\endif\n';
    expect(await server.refusalOf({ 'a.sql': text })).toEqual([
      'schema-sql-syntax (2): a.sql:2: syntax error at or near ":"',
      expect.stringMatching(/^schema-sql-psql \(2\): a\.sql:1: \\if/),
      expect.stringMatching(/^schema-sql-psql \(2\): a\.sql:3: \\endif/),
    ]);
  });
});

describe('what only looks like a command', () => {
  test('keeps every character', async () => {
    const { catalog } = await server.declare({
      'a.sql': "CREATE TABLE a (t text DEFAULT 'one\n\\path\nCOPY a FROM stdin;\n');\n",
    });
    const column = catalog.objects.find(({ kind }) => kind === 'column');
    expect(column).toMatchObject({ default: "'one\n\\path\nCOPY a FROM stdin;\n'::text" });
  });

  test.each([
    ['a text', "SELECT '\n\\i x\n';"],
    ['a text with escapes', "SELECT E'it\\'s\n\\i x\n', e'\\\\';"],
    ['a name', 'SELECT 1 AS "\n\\i x\n";'],
    ['a body', 'DO $$\n\\i x\n$$;'],
    ['a body with a tag', 'DO $é1$\n$$ \' " \\i x\n$é1$;'],
    ['a comment', "-- it's \\i x\nSELECT 1;"],
    ['a comment in a comment', "/* it's /* \\i x */ \\q */ SELECT 1;"],
    ['dollars in names and parameters', "SELECT a$b$c, $1, ' \\i x', '$$';"],
    ['a text that never ends', "SELECT '\n\\i x\n"],
  ])('in %s', (_where, text) => {
    expect(takePsqlCommands(text)).toEqual({ text, commands: [] });
  });

  test('is not what follows it', () => {
    const { text, commands } = takePsqlCommands("SELECT E'\\'', '\\', $$'$$; \\i x\n\\q\n");
    expect(commands.map(({ name, rest, line }) => [name, rest, line])).toEqual([
      ['i', 'x', 1],
      ['q', '', 2],
    ]);
    expect(text).toBe("SELECT E'\\'', '\\', $$'$$;     \n  \n");
  });
});

test('what is no text is told so', async () => {
  const root = makeProject({}, []);
  writeFileSync(join(root, 'latin.sql'), Buffer.from("CREATE TABLE a (t text DEFAULT 'ö');", 'latin1'));
  writeFileSync(join(root, 'archive.sql'), Buffer.from('PGDMP\x01\x0e'));
  await expect(server.sourceOf(root).declare({ origins: true })).rejects.toMatchObject({
    findings: [
      { what: expect.stringMatching(/^archive\.sql:1: this is an archive of pg_dump; pg_restore/) },
      { what: expect.stringMatching(/^latin\.sql:1: this is not text in UTF-8/) },
    ],
  });
});
