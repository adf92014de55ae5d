// A schema gains one column: its address appears, with the file and line that say it, however the SQL is written.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey } from '../../../src/catalog/index.ts';
import { makeProject } from '../drizzle/project.ts';
import { placesOf, useServer } from './declare.ts';

const server = useServer();

const project = {
  'db/base.sql': `-- Größe, naïveté: bytes are not characters.
CREATE TABLE stamps (
  created_at timestamptz
);
CREATE TABLE calls (
  id integer,
  sid text
) INHERITS (stamps);
CREATE TABLE archive (
  gone_at date,
  LIKE calls
);
CREATE TABLE days (
  day date
) PARTITION BY RANGE (day);
CREATE TABLE this_year PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
`,
  'db/later.sql': `CREATE SCHEMA shop
  CREATE TABLE items (
    id integer
  );
SET search_path = shop, public;
CREATE TABLE calls (
  id integer
);
ALTER TABLE stamps
  ADD COLUMN ended_at timestamptz,
  ALTER COLUMN created_at SET NOT NULL;
ALTER TABLE items RENAME TO goods;
ALTER TABLE goods SET SCHEMA public;
`,
};

const cases = {
  'in CREATE TABLE': ['db/base.sql', '  id integer,', '  mode text,', 'public.calls.mode'],
  'by ALTER TABLE, in another file': [
    'db/later.sql',
    'ALTER TABLE stamps',
    "  ADD COLUMN naïve text DEFAULT 'ü',",
    'public.stamps."naïve"',
  ],
  'to the table that others inherit from': [
    'db/base.sql',
    'CREATE TABLE stamps (',
    '  by text,',
    'public.calls.by',
  ],
  'by ALTER TABLE to the table that others inherit from': [
    'db/later.sql',
    '  ADD COLUMN ended_at timestamptz,',
    '  ADD COLUMN by text,',
    'public.calls.by',
  ],
  'to a table that another copies by LIKE': [
    'db/base.sql',
    '  id integer,',
    '  mode text,',
    'public.archive.mode',
  ],
  'to a partitioned table': ['db/base.sql', 'CREATE TABLE days (', '  note text,', 'public.this_year.note'],
  'beside a LIKE': ['db/base.sql', 'CREATE TABLE archive (', '  why text,', 'public.archive.why'],
  'in a schema, to a table that moves later': [
    'db/later.sql',
    '  CREATE TABLE items (',
    '    name text,',
    'public.goods.name',
  ],
  'on the search path, to one of two tables of a name': [
    'db/later.sql',
    'CREATE TABLE calls (',
    '  name text,',
    'shop.calls.name',
  ],
} as const;

const keysOf = ({ catalog }: Declaration) =>
  catalog.objects.map((object) => renderAddressKey(addressOf(object)));

test.each(Object.entries(cases))('a column added %s', async (_where, [file, before, line, name]) => {
  const known = keysOf(await server.declare(project));
  const root = makeProject(project, []);
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, `${before}\n${line}`));
  const declaration = await server.sourceOf(root).declare({ origins: true });
  expect(keysOf(declaration).filter((key) => !known.includes(key))).toContain(`column ${name}`);
  const origin = declaration.origin[`column ${name}`]!;
  expect(origin.file).toBe(file);
  expect(readFileSync(path, 'utf8').split('\n')[origin.line - 1]).toBe(line);
});

describe('lines', () => {
  test('follow names that change', async () => {
    const text = `CREATE TABLE a (
  id int PRIMARY KEY,
  old text CONSTRAINT short CHECK (old <> '')
);
CREATE TYPE t AS ENUM ('x');
ALTER TABLE a
  RENAME COLUMN old TO fresh;
ALTER TABLE a RENAME CONSTRAINT short TO filled;
ALTER TABLE a RENAME TO b;
ALTER TYPE t RENAME TO u;
`;
    expect(placesOf(await server.declare({ 'a.sql': text }))).toEqual([
      'check public.b.filled a.sql:8',
      'column public.b.fresh a.sql:6',
      'column public.b.id a.sql:2',
      'enum public.u a.sql:10',
      'primary key public.b.a_pkey a.sql:2',
      'table public.b a.sql:9',
    ]);
  });

  test('of what has no name in the text are found by the name that PostgreSQL chose', async () => {
    const text = `CREATE EXTENSION btree_gist;
CREATE TABLE a (
  id int
    PRIMARY KEY,
  n int
    CHECK (n > 0)
    UNIQUE
    REFERENCES a,
  r int4range,
  CHECK (n > id),
  UNIQUE (n, r),
  EXCLUDE USING gist (n WITH =, r WITH &&)
);
CREATE INDEX
  ON a (n, lower(n::text), (n + 1)) INCLUDE (r);
`;
    const places = placesOf(await server.declare({ 'a.sql': text }));
    expect(places.filter((each) => !/^(column|table|extension|routine)/.test(each))).toEqual([
      'check public.a.a_check a.sql:10',
      'check public.a.a_n_check a.sql:6',
      'exclusion constraint public.a.a_n_r_excl a.sql:12',
      'foreign key public.a.a_n_fkey a.sql:8',
      'index public.a.a_n_lower_expr_r_idx a.sql:14',
      'primary key public.a.a_pkey a.sql:4',
      'unique key public.a.a_n_key a.sql:7',
      'unique key public.a.a_n_r_key a.sql:11',
    ]);
  });

  test('of a column and a constraint of one name are kept apart', async () => {
    const text =
      'CREATE TABLE a (\n  one int,\n  CONSTRAINT one CHECK (one > 0)\n);\nCREATE INDEX one_index ON a (one);\n';
    expect(placesOf(await server.declare({ 'a.sql': text }))).toEqual([
      'check public.a.one a.sql:3',
      'column public.a.one a.sql:2',
      'index public.a.one_index a.sql:5',
      'table public.a a.sql:1',
    ]);
  });
});
