// What a need asks for, held against real databases: views, foreign and partitioned tables, domains, rights of a role.
import { describe, expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey, schemaOf } from '../../src/catalog/index.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { readNeeded } from '../../src/introspect/read-needed.ts';
import type { NeededScope } from '../../src/introspect/reading.ts';
import { judge } from '../../src/need/judge.ts';
import type { LiveReading } from '../../src/need/live-reading.ts';
import { lookIn } from '../../src/need/lookup.ts';
import { makeNeed } from '../../src/need/make-need.ts';
import type { Coverage } from '../../src/need/shortfall.ts';
import { DatabaseError } from '../../src/postgres/database-error.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { useDatabases } from '../introspect/databases.ts';

const databases = useDatabases();

/** What the SQL makes, as a source without a schema in its names would declare it. */
async function declare(sql: string): Promise<Declaration> {
  const { catalog, server } = await readCatalog(await databases.make(sql));
  const own = catalog.objects.filter((object) => schemaOf(addressOf(object)) === 'public');
  return {
    catalog,
    silence: [],
    origin: {},
    unqualified: own.map((object) => renderAddressKey(addressOf(object))),
    printed: server.major,
  };
}

async function readLive(session: OwnSession, scope: NeededScope = {}): Promise<LiveReading> {
  const reading = await readNeeded(session, scope);
  const { searchPath } = reading.server;
  return { catalog: reading.catalog, searchPath, lookup: lookIn(reading, searchPath) };
}

interface Told {
  readonly lines: readonly string[];
  readonly coverage: Coverage;
}

async function judgeIn(session: OwnSession, declared: string): Promise<Told> {
  const need = makeNeed(await declare(declared));
  const tableNames = need.tables.map((table) => table.name);
  const judged = judge(need, await readLive(session, { tableNames }));
  return {
    lines: judged.shortfalls.map(
      ({ severity, reason, address, declared: asked, found }) =>
        `${severity}: ${reason} ${renderAddressKey(address)} (${asked} / ${found})`,
    ),
    coverage: judged.coverage,
  };
}

const tell = async (declared: string, live: string): Promise<Told> =>
  judgeIn(await databases.make(live), declared);

const users = `CREATE TABLE users (
  id integer PRIMARY KEY,
  email varchar(80) NOT NULL UNIQUE,
  name text NOT NULL DEFAULT 'nobody'
);`;

describe('a declared table may be something else here', () => {
  test.each(['VIEW', 'MATERIALIZED VIEW'])('a %s: nulls and unique keys are not judged', async (kind) => {
    const { lines, coverage } = await tell(
      users,
      `CREATE TABLE people (id integer, email varchar(80), name text, born date NOT NULL);
       CREATE ${kind} users AS SELECT * FROM people;`,
    );
    expect(lines).toEqual([]);
    expect(coverage).toEqual({
      tables: 1,
      columns: 3,
      uniqueKeys: 0,
      enums: 0,
      notCompared: [
        { what: `unique keys of ${kind.toLowerCase()} users`, because: 'no table of this server' },
      ],
    });
  });

  test('a view that lacks a column, or has it narrower', async () => {
    const { lines } = await tell(
      users,
      'CREATE VIEW users AS SELECT 1 AS id, CAST(null AS varchar(8)) AS email;',
    );
    expect(lines).toEqual([
      'warning: type narrower column public.users.email (character varying(80) / character varying(8))',
      'error: missing column column public.users.name (text / null)',
    ]);
  });

  test('a partitioned table is a table', async () => {
    const { lines } = await tell(
      'CREATE TABLE entry (id integer, day date, PRIMARY KEY (id, day));',
      `CREATE TABLE entry (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
       CREATE TABLE entry_2026 PARTITION OF entry FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    );
    expect(lines).toEqual([]);
  });

  test('a foreign table has no unique keys that anything could rely on', async () => {
    const { lines, coverage } = await tell(
      users,
      `CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
       CREATE FOREIGN TABLE users (id integer NOT NULL, email varchar(80) NOT NULL, name text NOT NULL DEFAULT 'nobody')
         SERVER far;`,
    );
    expect(lines).toEqual([]);
    expect(coverage.notCompared).toMatchObject([{ what: 'unique keys of users' }]);
  });
});

describe('a declared view', () => {
  const view = `${users} CREATE VIEW names AS SELECT id, name FROM users;`;

  test('is needed for reading, and counted by itself', async () => {
    const { lines, coverage } = await tell(view, view);
    expect(lines).toEqual([]);
    expect(coverage).toMatchObject({ tables: 1, views: 1, columns: 5 });
  });

  test('may be a table, whatever that demands of an insert', async () => {
    const { lines } = await tell(
      view,
      `${users} CREATE TABLE names (id integer, name text, more integer NOT NULL);`,
    );
    expect(lines).toEqual([]);
  });

  test('that is missing, or lacks a column, is told', async () => {
    expect((await tell(view, users)).lines).toEqual(['error: missing table view public.names (null / null)']);
    expect((await tell(view, `${users} CREATE VIEW names AS SELECT id FROM users;`)).lines).toEqual([
      'error: missing column column public.names.name (text / null)',
    ]);
  });
});

describe('a domain is the type under it', () => {
  const column = (type: string) => `CREATE TABLE t (id integer PRIMARY KEY, c ${type});`;

  test.each([
    ['text', 'CREATE DOMAIN mail AS text CHECK (value LIKE $$%@%$$);', 'mail'],
    ['integer', 'CREATE DOMAIN small AS bigint; CREATE DOMAIN big AS small;', 'big'],
    ['text[]', 'CREATE DOMAIN tags AS text[];', 'tags'],
    ['text[]', 'CREATE DOMAIN mail AS text;', 'mail[]'],
    ['text', 'CREATE SCHEMA app; CREATE DOMAIN app.mail AS text;', 'app.mail'],
    ['text NOT NULL', 'CREATE DOMAIN mail AS text NOT NULL;', 'mail'],
    ["text DEFAULT 'x'", "CREATE DOMAIN mail AS text DEFAULT 'x';", 'mail'],
  ])('declared %s, %s', async (declared, domain, type) => {
    expect((await tell(column(declared), `${domain} ${column(type)}`)).lines).toEqual([]);
    // The other way round as well: code that declares a domain works where there is none.
    if (type !== 'big') expect((await tell(`${domain} ${column(type)}`, column(declared))).lines).toEqual([]);
  });

  test('and what it narrows, refuses or demands is told', async () => {
    const domains = `CREATE DOMAIN code AS varchar(3); CREATE DOMAIN must AS text NOT NULL; CREATE DOMAIN day AS date;`;
    expect((await tell(column('text'), `${domains} ${column('code')}`)).lines).toEqual([
      'warning: type narrower column public.t.c (text / public.code over character varying(3))',
    ]);
    expect((await tell(column('text'), `${domains} ${column('must')}`)).lines).toEqual([
      'error: null is refused column public.t.c (null / not null)',
    ]);
    expect((await tell(column('text'), `${domains} ${column('day')}`)).lines).toEqual([
      'error: type broken column public.t.c (text / public.day over date)',
    ]);
    expect(
      (await tell('CREATE TABLE t (id integer PRIMARY KEY);', `${domains} ${column('must')}`)).lines,
    ).toEqual(['error: required column unknown column public.t.c (null / not null without a default)']);
  });
});

describe('rights of the connected role', () => {
  async function asRole(grants: string): Promise<OwnSession> {
    const session = await databases.make(
      `${users} CREATE VIEW names AS SELECT name FROM users;
       DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; ${grants}`,
    );
    return databases.join(session, 'reader');
  }
  const all = 'GRANT SELECT, INSERT, UPDATE, DELETE ON users TO reader;';

  test('on every column that the code names are as good as on the table', async () => {
    const session = await asRole(
      `ALTER TABLE users ADD secret text;
       GRANT SELECT (id, email, name), INSERT (id, email, name), UPDATE (id, email, name), DELETE ON users TO reader;`,
    );
    expect((await judgeIn(session, users)).lines).toEqual([]);
    await session.query('SELECT id, email, name FROM users');
    await expect(session.query('SELECT secret FROM users')).rejects.toMatchObject({ sqlstate: '42501' });
  });

  test('that some column lacks are told', async () => {
    const session = await asRole('GRANT SELECT (id, name), UPDATE, DELETE, INSERT (id) ON users TO reader;');
    const { shortfalls } = judge(makeNeed(await declare(users)), await liveOf(session));
    expect(shortfalls).toMatchObject([
      {
        severity: 'error',
        declared: 'select, insert',
        found: 'update, delete',
        lacking: [
          { right: 'select', columns: ['email'] },
          { right: 'insert', columns: ['email', 'name'] },
        ],
      },
    ]);
  });

  test('to write are none of a generated column', async () => {
    const table = 'CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text);';
    const session = await databases.make(
      `${table} DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
       GRANT SELECT, DELETE, INSERT (a), UPDATE (a) ON t TO reader;`,
    );
    expect((await judgeIn(await databases.join(session, 'reader'), table)).lines).toEqual([]);
  });

  test('of a view are to read', async () => {
    const view = `${users} CREATE VIEW names AS SELECT name FROM users;`;
    expect((await judgeIn(await asRole(`${all} GRANT SELECT ON names TO reader;`), view)).lines).toEqual([]);
    expect((await judgeIn(await asRole(all), view)).lines).toEqual([
      'error: no privilege view public.names (select / null)',
    ]);
  });

  async function liveOf(session: OwnSession) {
    return await readLive(session);
  }
});

describe('keys that ON CONFLICT may name', () => {
  const declared = 'CREATE TABLE t (r int4range NOT NULL, d int4range NOT NULL, UNIQUE (r, d));';
  const table = (constraint: string) =>
    `CREATE TABLE t (r int4range NOT NULL, d int4range NOT NULL, ${constraint});`;
  const lacking = 'error: missing unique key unique key public.t.t_r_d_key (r, d / null)';
  const unusable = (found: string) => `warning: no arbiter unique key public.t.t_r_d_key (r, d / ${found})`;

  test.each([
    ['UNIQUE (r, d)', null, []],
    ['PRIMARY KEY (d, r)', null, []],
    ['UNIQUE (r, d) DEFERRABLE', '55000', [unusable('deferrable')]],
    ['PRIMARY KEY (r, d) DEFERRABLE INITIALLY DEFERRED', '55000', [unusable('initially deferred')]],
    ['UNIQUE (r, d), PRIMARY KEY (d, r) DEFERRABLE', '55000', [unusable('deferrable')]],
    ['UNIQUE (r, d WITHOUT OVERLAPS)', '42P10', [unusable('without overlaps')]],
    ['PRIMARY KEY (r, d WITHOUT OVERLAPS)', '42P10', [unusable('without overlaps')]],
    ['UNIQUE (d, r), PRIMARY KEY (r, d WITHOUT OVERLAPS)', null, []],
    ['EXCLUDE USING gist (r WITH =, d WITH =)', '42P10', [lacking]],
    ['CHECK (true)', '42P10', [lacking]],
  ])('%s: PostgreSQL answers %s', async (constraint, sqlstate, expected) => {
    const session = await databases.make(table(constraint));
    const insert = session.query(`INSERT INTO t VALUES ('[1,2)', '[1,2)') ON CONFLICT (r, d) DO NOTHING`);
    expect(
      await insert.then(
        () => null,
        (error: unknown) => (error instanceof DatabaseError ? error.sqlstate : error),
      ),
    ).toBe(sqlstate);
    expect((await judgeIn(session, declared)).lines).toEqual(expected);
  });

  test.each(['DEFERRABLE', 'INITIALLY DEFERRED'])('a declared %s one asks for none', async (how) => {
    const { lines } = await tell(
      `CREATE TABLE t (a integer PRIMARY KEY ${how});`,
      'CREATE TABLE t (a integer NOT NULL);',
    );
    expect(lines).toEqual([]);
  });
});

describe('names that are nearly there', () => {
  test('a table of another case, a view of another number', async () => {
    const { lines } = await tell(
      'CREATE TABLE "apiKey" (id integer); CREATE TABLE orders (id integer);',
      'CREATE TABLE apikey (id integer); CREATE VIEW "order" AS SELECT 1 AS id;',
    );
    // A limited reading does not see them: the gate reads again.
    expect(lines).toEqual([
      'error: missing table table public."apiKey" (null / null)',
      'error: missing table table public.orders (null / null)',
    ]);
    const session = await databases.make(
      'CREATE TABLE apikey (id integer); CREATE VIEW "order" AS SELECT 1 AS id;',
    );
    const need = makeNeed(
      await declare('CREATE TABLE "apiKey" (id integer); CREATE TABLE orders (id integer);'),
    );
    const { shortfalls } = judge(need, await readLive(session));
    expect(shortfalls.map(({ found }) => found)).toEqual(['apikey', 'view "order"']);
  });

  test('a column: another case whatever its type, another letter only where the type could be used', async () => {
    const { lines } = await tell(
      'CREATE TABLE t ("recordingMode" text, "callStatus" integer, "colour" text);',
      'CREATE TABLE t (recording_mode integer, call_statut integer, color bytea);',
    );
    expect(lines).toEqual([
      'error: missing column column public.t."callStatus" (integer / call_statut)',
      'error: missing column column public.t."recordingMode" (text / recording_mode)',
      'error: missing column column public.t.colour (text / null)',
    ]);
  });
});
