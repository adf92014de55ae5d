// The declaration agrees with what the migrations build; 0051 adds exactly the nine columns and may run twice.

import { readFileSync } from 'node:fs';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '../../src/db/schema.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
});
afterAll(() => server.stop());

const tables = Object.values(schema).filter((each) => is(each, PgTable)) as PgTable[];

async function readColumns(from: TestDatabase, table: string) {
  const { rows } = await from.pool.query(
    `select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required,
            pg_get_expr(adbin, adrelid) as default, attidentity as identity
       from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows as {
    name: string;
    type: string;
    required: boolean;
    default: string | null;
    identity: string;
  }[];
}

async function readNames(query: string, table: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(query, [table]);
  return rows.map(({ name }) => name).sort();
}

test('every table that the migrations make is declared, and no other', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(
    tables.map((table) => getTableConfig(table).name).sort(),
  );
});

test.each(tables.map((table) => [getTableConfig(table).name, getTableConfig(table)] as const))(
  '%s is declared as it is built: columns, keys, indexes',
  async (name, declared) => {
    const columns = await readColumns(database, name);
    expect(columns.map((column) => [column.name, column.type, column.required])).toEqual(
      declared.columns.map((column) => [
        column.name,
        column
          .getSQLType()
          .replace('varchar', 'character varying')
          .replace(/^timestamp$/, 'timestamp without time zone'),
        column.notNull ||
          declared.primaryKeys.some((key) => key.columns.some((each) => each.name === column.name)),
      ]),
    );
    expect(columns.map((column) => [column.name, column.default !== null, column.identity === 'a'])).toEqual(
      declared.columns.map((column) => [
        column.name,
        column.default !== undefined,
        column.generatedIdentity?.type === 'always',
      ]),
    );
    const constraints = `select conname as name from pg_constraint where conrelid = $1::regclass and contype <> 'n'`;
    expect(await readNames(constraints, name)).toEqual(
      [
        ...declared.primaryKeys.map((key) => key.getName()),
        ...declared.uniqueConstraints.map((key) => key.getName()!),
        ...declared.foreignKeys.map((key) => key.getName()),
        ...declared.checks.map((check) => check.name),
      ].sort(),
    );
    const indexes = `select relname as name from pg_index join pg_class on oid = indexrelid
      where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`;
    expect(await readNames(indexes, name)).toEqual(
      declared.indexes.map((index) => index.config.name!).sort(),
    );
  },
);

test('business_id is part of every key of every table that belongs to a tenant', () => {
  for (const table of tables) {
    const { name, primaryKeys, uniqueConstraints } = getTableConfig(table);
    if (name === 'business' || name === 'quarantined_event') continue;
    for (const key of [...primaryKeys, ...uniqueConstraints]) {
      expect(key.columns[0]?.name, `${key.getName()} of ${name}`).toBe('business_id');
    }
  }
});

test('0051 adds exactly the nine columns, keeps rows, and may run twice', async () => {
  const before = await server.makeDatabase('0050');
  const old = await readColumns(before, 'call_log');
  await before.pool.query(`insert into business (name) values ('b')`);
  await before.pool.query(`insert into call_log (business_id, call_sid) values (1, 'CA1')`);
  const file = new URL('../../migrations/0051_call_log_cost_metrics.sql', import.meta.url);
  const sql = readFileSync(file, 'utf8');
  await before.pool.query(sql);
  await before.pool.query(sql);
  const added = (await readColumns(before, 'call_log')).slice(old.length);
  expect(added.map((column) => [column.name, column.type, column.required, column.default])).toEqual([
    ['recording_mode', 'character varying(32)', false, null],
    ['stream_started_at', 'timestamp without time zone', false, null],
    ['stream_ended_at', 'timestamp without time zone', false, null],
    ['stream_duration_sec', 'double precision', false, null],
    ['stream_connect_count', 'integer', false, '0'],
    ['webhook_11205_count', 'integer', false, '0'],
    ['webhook_retry_count', 'integer', false, '0'],
    ['recording_count', 'integer', false, '0'],
    ['estimated_cost_bucket', 'character varying(16)', false, null],
  ]);
  const { rows } = await before.pool.query('select call_sid, recording_count, recording_mode from call_log');
  expect(rows).toEqual([{ call_sid: 'CA1', recording_count: 0, recording_mode: null }]);
});

test('the newest-first page of a tenant is read from the index, without sorting', async () => {
  const other = await server.makeDatabase();
  await other.pool.query(`insert into business (name) values ('b')`);
  await other.pool.query(
    `insert into call_log (business_id, call_sid) select 1, 'CA' || n from generate_series(1, 2000) n`,
  );
  await other.pool.query('analyze call_log');
  const { rows } = await other.pool.query(
    `explain select * from call_log where business_id = 1 and created_at < now()
      order by created_at desc, id desc limit 20`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('call_log_keyset_idx');
  expect(plan).not.toContain('Sort');
  const keyset = getTableConfig(schema.callLog).indexes.find(
    ({ config }) => config.name === 'call_log_keyset_idx',
  );
  const sortings = keyset!.config.columns.map((column) =>
    'indexConfig' in column ? column.indexConfig : null,
  );
  expect(sortings.slice(1)).toEqual([
    expect.objectContaining({ order: 'desc', nulls: 'first' }),
    expect.objectContaining({ order: 'desc', nulls: 'first' }),
  ]);
});
