// The GRANTs that are missing, asked of every PostgreSQL: what is printed is run, and nothing is missing any more.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GrantsAsked, readMissingGrants } from '../../src/deploy/grants/missing-grants.ts';
import type { Need } from '../../src/need/need.ts';
import { connect } from '../../src/postgres/connect.ts';
import { binariesOf, onEveryVersion } from '../introspect/matrix.ts';

const table = (name: string) => ({
  schema: 'public',
  name,
  unqualified: true,
  columns: [],
  uniqueKeys: [],
  origin: null,
});
const need: Need = { tables: [table('t'), table('v')], enums: [] };

onEveryVersion((major) => {
  let server: ScratchServer;
  beforeAll(async () => {
    const binaries = binariesOf(major);
    server = await startScratchServer(binaries === undefined ? {} : { binaries });
  });
  afterAll(() => server.stop());

  test('what is printed is run, and nothing is missing any more', async () => {
    const url = await server.createDatabase();
    const admin = await connect(url);
    await admin.query(
      `REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE builder LOGIN; CREATE ROLE former;
       CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
       REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC;
       CREATE TABLE t (id serial, k integer GENERATED ALWAYS AS IDENTITY, n integer CHECK (f(n) > 0));
       CREATE INDEX ON t (f(n)); CREATE TABLE v (id integer); ALTER TABLE v OWNER TO former;
       REVOKE CONNECT ON DATABASE ${(await admin.query<{ name: string }>('SELECT quote_ident(current_database()) AS name')).rows[0]?.name} FROM PUBLIC;
       GRANT CONNECT ON DATABASE ${(await admin.query<{ name: string }>('SELECT quote_ident(current_database()) AS name')).rows[0]?.name} TO builder`,
    );
    const builder = await connect(`${url}${url.includes('?') ? '&' : '?'}user=builder`);
    const asked: GrantsAsked = {
      appRole: 'App',
      migrated: null,
      need,
      migrates: true,
      ownSchema: true,
      foreignLedger: null,
    };
    const printed = (await readMissingGrants(builder, asked)).map(({ sql }) => sql);
    const last = 'ALTER DEFAULT PRIVILEGES FOR ROLE builder IN SCHEMA public GRANT';
    expect(printed).toEqual([
      expect.stringMatching(/^GRANT CREATE ON DATABASE \S+ TO builder;$/),
      'GRANT CREATE ON SCHEMA public TO builder;',
      'GRANT former TO builder;',
      'ALTER TABLE public.t OWNER TO builder;',
      'CREATE ROLE "App" LOGIN;',
      expect.stringMatching(/^GRANT CONNECT ON DATABASE \S+ TO "App";$/),
      'GRANT SELECT, INSERT, UPDATE, DELETE ON public.t, public.v TO "App";',
      'GRANT USAGE ON SEQUENCE public.t_id_seq TO "App";',
      'GRANT EXECUTE ON FUNCTION public.f(integer) TO "App";',
      `${last} SELECT, INSERT, UPDATE, DELETE ON TABLES TO "App";`,
      `${last} USAGE ON SEQUENCES TO "App";`,
    ]);
    for (const sql of printed) await admin.query(sql);
    expect(await readMissingGrants(builder, asked)).toEqual([]);
    const app = await connect(`${url}${url.includes('?') ? '&' : '?'}user=App`);
    await app.query('INSERT INTO t (n) VALUES (1)');
    await builder.query('CREATE TABLE later (id serial)');
    await app.query('INSERT INTO later DEFAULT VALUES');
    // The roles themselves are not asked about where they are one, or where one is the other.
    expect(await readMissingGrants(app, asked)).toEqual([]);
    await admin.query(
      'GRANT builder TO "App"; ALTER DEFAULT PRIVILEGES FOR ROLE builder IN SCHEMA public REVOKE ALL ON TABLES FROM "App"',
    );
    expect(await readMissingGrants(builder, asked)).toEqual([]);
    for (const each of [app, builder, admin]) await each.close();
  });
});
