// Seals of tables: whatever could break a promise that they stand for gives another one, on every version.
import { describe, expect, test } from 'vitest';
import { type Catalog, type CatalogObject, schemasOf } from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import { isSealed } from '../../src/deploy/sealed.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { lookForSeal, sealTables } from '../../src/introspect/seal-tables.ts';
import { DatabaseError } from '../../src/postgres/database-error.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { readMutations } from '../compare/mutations.ts';
import { useDatabases } from '../introspect/databases.ts';
import { longVersions, onEveryVersion } from '../introspect/matrix.ts';

const namesOf = ({ objects }: Catalog) =>
  objects.flatMap((each) => (each.kind === 'table' ? [each.name] : []));

/** What a seal of these tables answers for. */
const answeredFor = (catalog: Catalog, sought: Sought): Catalog => ({
  objects: catalog.objects.filter((each: CatalogObject) =>
    isSealed({ objects: [each] }, { ...sought, seal: '' }),
  ),
});

interface Sought {
  readonly schemas: readonly string[];
  readonly tables: readonly string[];
}

const soughtIn = (...catalogs: readonly Catalog[]): Sought => ({
  schemas: [...new Set(catalogs.flatMap(schemasOf))],
  tables: [...new Set(catalogs.flatMap(namesOf))],
});

const read = async (session: OwnSession) => (await readCatalog(session)).catalog;

/** What touches tables and is told by their seal; the rest is answered for by none. */
const touching = ['checks', 'columns', 'foreign-keys', 'indexes', 'keys', 'periods', 'tables'];

onEveryVersion((major) => {
  const databases = useDatabases(major);
  for (const file of readMutations().filter(({ name, from }) => from <= major && touching.includes(name)))
    describe(file.name, () => {
      for (const mutation of file.mutations.filter(({ from }) => from <= major))
        test(mutation.title, async () => {
          const [session, changed] = [await databases.make(file.setUp), await databases.make(file.setUp)];
          await changed.query(mutation.sql);
          const left = await read(session);
          const right = await read(changed);
          const sought = soughtIn(left, right);
          const [before, after] = [await sealTables(session, sought), await sealTables(changed, sought)];
          const differences = compare(answeredFor(left, sought), answeredFor(right, sought));
          if (differences.length > 0) expect(after.seal).not.toBe(before.seal);
          // To the letter, they are told by the same word.
          if (JSON.stringify(left) === JSON.stringify(right)) expect(after.seal).toBe(before.seal);
        });
    });
}, longVersions);

onEveryVersion((major) => {
  const databases = useDatabases(major);
  test('a seal is made and judged', async () => {
    const sql = `CREATE TABLE t (id serial PRIMARY KEY, n integer CHECK (n > 0), UNIQUE (n), up text GENERATED ALWAYS AS ('x') STORED);
      CREATE TABLE p (id int, at date) PARTITION BY RANGE (at); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
      ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES t ON DELETE SET NULL; CREATE INDEX by_n ON t (lower(up)) WHERE n > 1`;
    const sought = { schemas: ['public'], tables: ['p', 'p1', 't'] };
    const sealed = await sealTables(await databases.make(sql), sought);
    const judged = (change: string) =>
      databases.make(`${sql}; ${change}`).then((session) =>
        session
          .queryAll(
            `BEGIN; ${lookForSeal(session, sealed, { major, clearing: 0 }).statements.join('; ')}; COMMIT`,
          )
          .then(
            () => 'kept',
            ({ sqlstate }: DatabaseError) => sqlstate,
          ),
      );
    expect([await judged(''), await judged('DROP INDEX by_n')]).toEqual(['kept', '22P02']);
  });
});

describe('a look', () => {
  const databases = useDatabases();
  const sql = 'CREATE TABLE t (id serial PRIMARY KEY, n integer CHECK (n > 0), at timestamptz DEFAULT now())';
  const sought = { schemas: ['public'], tables: ['t'] };
  const fault = (session: OwnSession, statements: readonly string[]) =>
    session.queryAll(`BEGIN; ${statements.join('; ')}; COMMIT`).then(
      () => null,
      (error: DatabaseError) => error,
    );

  test('goes through where the tables have their seal, whatever settings the session has', async () => {
    const sealed = await sealTables(await databases.make(sql), sought);
    const session = await databases.make(sql);
    await session.query(`SET search_path TO public; SET TimeZone TO 'Asia/Jerusalem'`);
    for (const _ of [1, 2])
      expect(
        await fault(session, lookForSeal(session, sealed, { major: 18, clearing: 0 }).statements),
      ).toBeNull();
    // What was prepared is prepared again where somebody has cleared it.
    await session.query('DEALLOCATE ALL');
    expect(
      await fault(session, lookForSeal(session, sealed, { major: 18, clearing: 1 }).statements),
    ).toBeNull();
    const { rows } = await session.query<{ path: string }>(
      "SELECT current_setting('search_path') || current_setting('enable_seqscan') AS path",
    );
    expect(rows[0]?.path).toBe('publicon');
  });

  test('is refused at the statement that judges where they have another, and leaves the transaction to go on', async () => {
    const sealed = await sealTables(await databases.make(sql), sought);
    const session = await databases.make(`${sql}; ALTER TABLE t ALTER n SET NOT NULL`);
    const { statements, judging, abandon } = lookForSeal(session, sealed, { major: 18, clearing: 0 });
    const refused = await fault(session, statements);
    // BEGIN stands before them.
    expect(refused).toMatchObject({ sqlstate: '22P02', completed: judging + 1 });
    expect(refused).toBeInstanceOf(DatabaseError);
    await session.query(abandon);
    await session.query('CREATE TABLE more (id int); COMMIT');
    const { rows } = await session.query("SELECT to_regclass('more')::text AS more");
    expect(rows).toEqual([{ more: 'more' }]);
  });

  test.each([
    [
      'forced row security',
      'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
      'ALTER TABLE t FORCE ROW LEVEL SECURITY',
    ],
    ['a sequence that begins anew', '', 'ALTER SEQUENCE t_id_seq CYCLE'],
    [
      'a foreign key that is validated',
      'ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES t NOT VALID',
      'ALTER TABLE t VALIDATE CONSTRAINT t_n_fkey',
    ],
    [
      'the order of columns',
      'ALTER TABLE t ADD a int, ADD b int',
      'ALTER TABLE t DROP a; ALTER TABLE t ADD a int',
    ],
  ])('tells %s', async (_, before, change) => {
    const sealed = await sealTables(await databases.make(`${sql}; ${before}`), sought);
    const changed = await databases.make(`${sql}; ${before}; ${change}`);
    expect((await sealTables(changed, sought)).seal).not.toBe(sealed.seal);
  });

  test('is one wherever it is made, whatever numbers the server gives to what it is made of', async () => {
    const own = `
      CREATE COLLATION german (provider = icu, locale = 'de');
      CREATE OPERATOR CLASS other_ops FOR TYPE integer USING btree AS
        OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp (integer, integer);
      CREATE TYPE mood AS ENUM ('calm');
      CREATE TABLE u (id int PRIMARY KEY);
      CREATE TABLE t (id serial PRIMARY KEY REFERENCES u, word text COLLATE german, m mood DEFAULT 'calm');
      CREATE INDEX by_id ON t (id other_ops); CREATE INDEX by_word ON t (word); CREATE INDEX by_m ON t (m);
      CREATE INDEX by_german ON t ((word || 'x') COLLATE german)`;
    const [one, other] = [
      await databases.make(own),
      await databases.make(`CREATE TABLE before (id int PRIMARY KEY); ${own}`),
    ];
    expect((await sealTables(other, sought)).seal).toBe((await sealTables(one, sought)).seal);
  });

  test('takes a table that is not there for what it is', async () => {
    const sealed = await sealTables(await databases.make(''), sought);
    const [without, session] = [await databases.make(''), await databases.make(sql)];
    expect(
      await fault(without, lookForSeal(without, sealed, { major: 18, clearing: 0 }).statements),
    ).toBeNull();
    expect(
      await fault(session, lookForSeal(session, sealed, { major: 18, clearing: 0 }).statements),
    ).toMatchObject({
      sqlstate: '22P02',
    });
  });

  test('tells a table from its namesake in another schema', async () => {
    const sealed = await sealTables(await databases.make(`CREATE SCHEMA a; CREATE TABLE a.t (n int)`), {
      schemas: ['a', 'public'],
      tables: ['t'],
    });
    const session = await databases.make('CREATE SCHEMA a; CREATE TABLE public.t (n int)');
    expect(
      await fault(session, lookForSeal(session, sealed, { major: 18, clearing: 0 }).statements),
    ).toMatchObject({
      sqlstate: '22P02',
    });
  });
});
