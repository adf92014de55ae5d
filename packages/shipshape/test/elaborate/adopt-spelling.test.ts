// One value under two spellings: PostgreSQL is asked, and only what it calls the same is adopted.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Catalog, type Column, makeCatalog } from '../../src/catalog/index.ts';
import { adoptSpelling } from '../../src/elaborate/adopt-spelling.ts';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';

let server: ScratchServer;
let session: OwnSession;
beforeAll(async () => {
  server = await startScratchServer({ settings: { timezone: 'Europe/Berlin' } });
  session = await connect(await server.createDatabase());
  await session.query('create sequence numbers');
});
afterAll(async () => {
  await session.close();
  await server.stop();
});

const withDefault = (type: string, text: string): Catalog => {
  const column: Column = {
    kind: 'column',
    schema: 'public',
    table: 't',
    name: 'c',
    type,
    nullable: true,
    default: text,
    identity: null,
    generated: null,
  };
  return makeCatalog([column]);
};

async function isAdopted(type: string, declared: string, migrated: string): Promise<boolean> {
  const adopted = await adoptSpelling(withDefault(type, declared), withDefault(type, migrated), session);
  const [column] = adopted.objects;
  return column?.kind === 'column' && column.default === migrated;
}

test.each([
  ['numeric(12,2)', "'0'::numeric", '0'],
  ['numeric(12,2)', '0.00', '0'],
  ['jsonb', `'{"a": 1}'::jsonb`, `'{"a":1}'::jsonb`],
  ['text[]', "'{}'::text[]", 'ARRAY[]::text[]'],
  ['boolean', "'t'::boolean", 'true'],
  ['timestamp with time zone', 'now()', 'CURRENT_TIMESTAMP'],
  ['timestamp(3) without time zone', 'now()', 'CURRENT_TIMESTAMP'],
  ['date', "('now'::text)::date", 'CURRENT_DATE'],
  ['timestamp without time zone', "timezone('utc'::text, now())", "(now() AT TIME ZONE 'utc'::text)"],
])('%s: %s and %s are one value', async (type, declared, migrated) => {
  expect(await isAdopted(type, declared, migrated)).toBe(true);
});

test.each([
  ['numeric(12,2)', "'0'::numeric", '1'],
  ['text', "'a'::text", "'A'::text"],
  ['timestamp with time zone', 'now()', 'clock_timestamp()'],
  ['timestamp without time zone', 'now()', "(now() AT TIME ZONE 'utc'::text)"],
  ['text', 'CURRENT_USER', "'postgres'::text"],
  ['date', 'CURRENT_DATE', `'${new Date().toISOString().slice(0, 10)}'::date`],
  ['uuid', 'gen_random_uuid()', "'00000000-0000-0000-0000-000000000000'::uuid"],
])('%s: %s and %s are not', async (type, declared, migrated) => {
  expect(await isAdopted(type, declared, migrated)).toBe(false);
});

test('no number is drawn from a sequence to find out', async () => {
  await isAdopted('bigint', "nextval('numbers'::regclass)", '1');
  const { rows } = await session.query<{ called: boolean }>('select is_called as called from numbers');
  expect(rows[0]?.called).toBe(false);
});

test.each([
  ['raises', 'public.raising()', "'x'::text"],
  ['raises when it is planned', 'public.raising_early()', "'x'::text"],
  ['raises by itself', '(1 / 0)::text', "'x'::text"],
  ['draws from a sequence that is not there', "(nextval('gone'::regclass))::text", "'1'::text"],
  ['calls what is not there', 'public.gone()', "'x'::text"],
  ['is of a type that is not there', "'x'::public.gone::text", "'x'::text"],
  ['never ends', 'public.endless()', "'x'::text"],
  ['writes', 'public.writing()', "public.writing() || ''"],
])('a default that %s is not known to be another, and asking does no harm', async (_, declared, migrated) => {
  await session.query(`
    CREATE TABLE IF NOT EXISTS written (a integer);
    CREATE OR REPLACE FUNCTION raising() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE OR REPLACE FUNCTION raising_early() RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE OR REPLACE FUNCTION endless() RETURNS text LANGUAGE plpgsql AS $$ BEGIN LOOP END LOOP; END $$;
    CREATE OR REPLACE FUNCTION writing() RETURNS text LANGUAGE plpgsql
      AS $$ BEGIN INSERT INTO public.written VALUES (1); RETURN clock_timestamp(); END $$;`);
  for (const [one, other] of [
    [declared, migrated],
    [migrated, declared],
  ] as const)
    expect(await isAdopted('text', one, other)).toBe(false);
  const { rows } = await session.query('SELECT FROM written');
  expect(rows).toEqual([]);
});
