// Reading a catalogue: what is seen of a real database, and what is set aside.
import { describe, expect, test } from 'vitest';
import { addressOf, renderAddressKey } from '../../src/catalog/index.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import type { Scope } from '../../src/introspect/reading.ts';
import type { Session } from '../../src/postgres/session.ts';
import { ShipshapeError } from '../../src/report/index.ts';
import { schemaOf, useDatabases } from './databases.ts';

const databases = useDatabases();

const keys = async (session: Session, scope?: Scope) =>
  (await readCatalog(session, scope)).catalog.objects.map((object) => renderAddressKey(addressOf(object)));

describe('the server', () => {
  test('is told with the search path that the connection has, which stays as it was', async () => {
    const session = await databases.make('CREATE SCHEMA billing; SET search_path TO billing, absent, public');
    const { server } = await readCatalog(session);
    const { rows } = await session.query<{ database: string; path: string }>(
      "SELECT current_database() AS database, current_setting('search_path') AS path",
    );
    expect(server.searchPath).toEqual(['billing', 'public']);
    expect(server).toMatchObject({ user: 'postgres', database: rows[0]?.database });
    expect(server.versionNumber).toBeGreaterThanOrEqual(180000);
    expect(server.version).toMatch(/^18\.\d+$/);
    expect(rows[0]?.path).toBe('billing, absent, public');
  });

  test('is left with every setting as it was', async () => {
    const session = await databases.make("SET TimeZone TO 'Asia/Jerusalem'; SET DateStyle TO 'German'");
    const settings = () => session.query('SELECT name, setting FROM pg_settings ORDER BY name');
    const before = await settings();
    await readCatalog(session);
    expect((await settings()).rows).toEqual(before.rows);
  });

  test('prints alike whatever the session has set', async () => {
    const session = await databases.make(schemaOf('columns--defaults'));
    await session.query(`
      ALTER TABLE defaults ADD COLUMN late timestamptz DEFAULT '2026-07-01 00:30+00';
      ALTER TABLE defaults ADD COLUMN cost money DEFAULT '$1,000.50'::money;
      ALTER TABLE defaults ADD COLUMN third real DEFAULT '0.33333334'::real`);
    const plain = await readCatalog(session);
    await session.query(`
      SET TimeZone TO 'Asia/Jerusalem'; SET DateStyle TO 'German'; SET IntervalStyle TO 'iso_8601';
      SET extra_float_digits TO -3; SET bytea_output TO 'escape'; SET quote_all_identifiers TO on;
      SET standard_conforming_strings TO off; SET search_path TO public, pg_catalog`);
    expect((await readCatalog(session)).catalog).toEqual(plain.catalog);
  });
});

describe('set aside', () => {
  test('schemas of libraries are named, not read', async () => {
    const session = await databases.make(`
      CREATE SCHEMA graphile_worker; CREATE TABLE graphile_worker.jobs (id integer);
      CREATE TYPE graphile_worker.state AS ENUM ('new');
      CREATE SCHEMA shipshape; CREATE TABLE shipshape.ledger (id text);
      CREATE TABLE jobs (id integer)`);
    const { setAside } = await readCatalog(session);
    expect(setAside).toEqual(['graphile_worker', 'shipshape']);
    expect(await keys(session)).toEqual(['column public.jobs.id', 'schema public', 'table public.jobs']);
  });

  test("unless the models declare tables in a library's schema", async () => {
    const session = await databases.make('CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (id integer)');
    const { setAside } = await readCatalog(session, { ownSchemas: ['pgboss', 'public'] });
    expect(setAside).toEqual([]);
    expect(await keys(session, { ownSchemas: ['pgboss'] })).toContain('column pgboss.job.id');
  });

  test('what belongs to an extension is its own affair', async () => {
    const session = await databases.make(`
      CREATE EXTENSION citext;
      CREATE SCHEMA its_schema; CREATE TABLE its_schema.inside (id integer);
      CREATE TABLE its_table (id integer PRIMARY KEY); CREATE TYPE its_type AS ENUM ('a');
      ALTER EXTENSION citext ADD SCHEMA its_schema; ALTER EXTENSION citext ADD TABLE its_schema.inside;
      ALTER EXTENSION citext ADD TABLE its_table; ALTER EXTENSION citext ADD TYPE its_type;
      CREATE TABLE ours (name citext)`);
    expect(await keys(session)).toEqual([
      'column public.ours.name',
      'extension citext',
      'schema public',
      'table public.ours',
    ]);
  });

  test('what lasts no longer than the session is not there', async () => {
    const session = await databases.make('CREATE TEMP TABLE scribble (id integer)');
    expect(await keys(session)).toEqual(['schema public']);
  });

  test('what is there and not compared is counted', async () => {
    const session = await databases.make(`
      CREATE TABLE t (a integer, b integer) WITH (fillfactor = 70);
      CREATE RULE nothing AS ON DELETE TO t DO INSTEAD NOTHING;
      CREATE STATISTICS two ON a, b FROM t;
      CREATE PUBLICATION p FOR TABLE t; CREATE PUBLICATION q;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
      CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER on_ddl ON ddl_command_end EXECUTE FUNCTION told();
      CREATE TYPE pair AS (a integer, b integer); CREATE CAST (pair AS text) WITH INOUT;
      CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple)`);
    const { uncompared } = await readCatalog(session, { counted: true });
    expect(Object.fromEntries(uncompared.map(({ what, count }) => [what, count]))).toEqual({
      publications: 2,
      'statistics objects': 1,
      rules: 1,
      'event triggers': 1,
      casts: 1,
      'text search dictionaries': 1,
      'default privileges': 1,
      'storage parameters': 1,
    });
  });

  test('owners and privileges are told where they are asked for', async () => {
    const session = await databases.make(`
      CREATE ROLE clerk; CREATE TABLE t (a integer, b integer); CREATE FUNCTION f() RETURNS integer RETURN 1;
      GRANT SELECT, INSERT ON t TO clerk WITH GRANT OPTION; GRANT UPDATE (b) ON t TO PUBLIC;
      REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC; ALTER FUNCTION f() OWNER TO clerk`);
    const { catalog } = await readCatalog(session, { breadth: 'everything' });
    const told = catalog.objects.flatMap((object) => {
      const key = renderAddressKey(addressOf(object));
      if (object.kind === 'owner') return [`${key}: ${object.role}`];
      return object.kind === 'privilege' ? [`${key}: ${object.rights.join(', ')}`] : [];
    });
    expect(told).toEqual([
      'owner of routine public.f(): clerk',
      'owner of schema public: pg_database_owner',
      'owner of table public.t: postgres',
      'privilege of "PUBLIC" on schema public: USAGE',
      'privilege of "PUBLIC" on table public.t: UPDATE (b)',
      'privilege of clerk on table public.t: INSERT*, SELECT*',
    ]);
  });
});

test("an extension's operator class is told with its schema", async () => {
  const session = await databases.make(`
    CREATE EXTENSION pg_trgm;
    CREATE TABLE t (name text); CREATE INDEX similar_name ON t USING gin (name gin_trgm_ops)`);
  const { catalog } = await readCatalog(session);
  const index = catalog.objects.find(({ kind }) => kind === 'index');
  expect(index).toMatchObject({ keys: [{ expression: 'name', opclass: 'public.gin_trgm_ops' }] });
});

test('an index that a failed CONCURRENTLY left behind is not valid', async () => {
  const session = await databases.make('CREATE TABLE t (n integer); INSERT INTO t VALUES (1), (1)');
  await expect(session.query('CREATE UNIQUE INDEX CONCURRENTLY half ON t (n)')).rejects.toMatchObject({
    sqlstate: '23505',
  });
  const { catalog } = await readCatalog(session);
  expect(catalog.objects).toContainEqual(
    expect.objectContaining({ kind: 'index', name: 'half', valid: false }),
  );
});

describe('a scope', () => {
  const several = `
    CREATE TYPE mood AS ENUM ('calm');
    CREATE TABLE wanted (id integer PRIMARY KEY, other integer, mood text CHECK (mood <> ''));
    CREATE INDEX wanted_mood ON wanted (mood);
    CREATE TABLE others (id integer PRIMARY KEY);
    ALTER TABLE wanted ADD CONSTRAINT leads_out FOREIGN KEY (other) REFERENCES others;
    CREATE SCHEMA more; CREATE TABLE more.wanted (id integer)`;

  test('limits a reading to tables of these names in every schema, with all that hangs on them', async () => {
    const session = await databases.make(several);
    expect(await keys(session, { tableNames: ['wanted', 'absent'] })).toEqual([
      'check public.wanted.wanted_mood_check',
      'column more.wanted.id',
      'column public.wanted.id',
      'column public.wanted.mood',
      'column public.wanted.other',
      'enum public.mood',
      'foreign key public.wanted.leads_out',
      'index public.wanted.wanted_mood',
      'primary key public.wanted.wanted_pkey',
      'schema more',
      'schema public',
      'table more.wanted',
      'table public.wanted',
    ]);
    const { catalog, access } = await readCatalog(session, { tableNames: ['wanted'] });
    expect(catalog.objects).toContainEqual(
      expect.objectContaining({ references: { schema: 'public', table: 'others', columns: ['id'] } }),
    );
    expect([...access.keys()].sort()).toEqual(['table more.wanted', 'table public.wanted']);
  });

  test('of no tables still tells who the server is', async () => {
    const session = await databases.make(several);
    const { catalog, server } = await readCatalog(session, { tableNames: [] });
    expect(catalog.objects.map(({ kind }) => kind)).toEqual(['enum', 'schema', 'schema']);
    expect(server.versionNumber).toBeGreaterThan(0);
  });

  test('finds a table by a name that PostgreSQL had to cut', async () => {
    const long = 'n'.repeat(70);
    const session = await databases.make(`CREATE TABLE ${long} (id integer)`);
    expect(await keys(session, { tableNames: [long] })).toContain(`table public.${'n'.repeat(63)}`);
  });
});

describe('access', () => {
  const setUp = `
    DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
    CREATE TABLE open (id integer); CREATE TABLE closed (id integer);
    GRANT SELECT, INSERT ON open TO guest;
    CREATE SCHEMA hidden; CREATE TABLE hidden.shown (id integer); GRANT SELECT ON hidden.shown TO guest`;

  test('is what the connected role may do; what it may not touch is seen all the same', async () => {
    const guest = await databases.join(await databases.make(setUp), 'guest');
    const { access, catalog, server } = await readCatalog(guest);
    const nothing = { select: false, insert: false, update: false, delete: false };
    expect(server.user).toBe('guest');
    expect(Object.fromEntries(access)).toEqual({
      'table hidden.shown': { ...nothing, usage: false, select: true },
      'table public.closed': { ...nothing, usage: true },
      'table public.open': { ...nothing, usage: true, select: true, insert: true },
    });
    expect(catalog.objects.filter(({ kind }) => kind === 'column')).toHaveLength(3);
  });

  test('to the catalogue itself may be revoked: then nothing is said, and what to grant is', async () => {
    const owner = await databases.make(`${setUp}; REVOKE SELECT ON pg_catalog.pg_attrdef FROM PUBLIC`);
    const guest = await databases.join(owner, 'guest');
    const refusal = await readCatalog(guest).catch((error: unknown) => error);
    if (!(refusal instanceof ShipshapeError)) throw refusal;
    expect(refusal.exit).toBe(4);
    expect(refusal.findings).toMatchObject([
      { code: 'catalogue-unreadable', verdict: 'blind', what: expect.stringContaining('guest may not read') },
    ]);
    await owner.query('REVOKE SELECT ON ALL TABLES IN SCHEMA pg_catalog FROM PUBLIC');
    await owner.query(refusal.findings[0]?.do as string);
    expect((await readCatalog(guest)).access.size).toBe(3);
  });
});
