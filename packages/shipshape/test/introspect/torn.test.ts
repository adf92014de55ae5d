// A catalogue that changes while it is read: noticed, read again, and given up after three looks.
import { describe, expect, test } from 'vitest';
import type { Catalog, CatalogObject } from '../../src/catalog/index.ts';
import type { FactRow } from '../../src/introspect/queries/family.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { readCatalogInTransaction } from '../../src/introspect/read-catalog-in-transaction.ts';
import { readNeeded } from '../../src/introspect/read-needed.ts';
import { readSealed } from '../../src/introspect/read-sealed.ts';
import type { Result, Session } from '../../src/postgres/session.ts';
import { transaction } from '../../src/postgres/transaction.ts';
import { ShipshapeError } from '../../src/report/index.ts';
import { useDatabases } from './databases.ts';

const databases = useDatabases();

const unchanged = (session: Session) => ({
  serverVersion: session.serverVersion,
  queryAll: (text: string) => session.queryAll(text),
  close: () => session.close(),
});

/** The session, with `between` done behind the big query of each look. Counts the looks. */
function interrupt(session: Session, between: (look: number) => Promise<unknown>) {
  let looks = 0;
  const interrupted: Session = {
    ...unchanged(session),
    async query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>> {
      const result = await session.query<Row>(text, values);
      if (text.includes("'schema' AS family")) await between(++looks);
      return result;
    },
  };
  return { session: interrupted, looks: () => looks };
}

/**
 * The session, whose first look stops inside the query for facts: its snapshot is taken, and `meanwhile` is committed
 * by another session before a single fact is printed. `facts` is what that look was told.
 */
function stopInside(reader: Session, other: Session, meanwhile: string) {
  const seen: { facts: readonly FactRow[] | Error | null } = { facts: null };
  const stopped: Session = {
    ...unchanged(reader),
    async query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>> {
      if (!text.includes("'schema' AS family") || seen.facts !== null) return reader.query<Row>(text, values);
      await other.query('SELECT pg_advisory_lock(7)');
      const held = text.replace(
        'FROM pg_namespace n',
        'FROM (SELECT pg_advisory_xact_lock(7) OFFSET 0) AS held, pg_namespace n',
      );
      expect(held).not.toBe(text);
      const answer = reader.query<FactRow>(held, values);
      // It may be refused before it is awaited below; until then nobody else would hear that.
      answer.catch(() => undefined);
      await waitForAdvisoryLock(other);
      await other.query(meanwhile);
      await other.query('SELECT pg_advisory_unlock(7)');
      try {
        const result = await answer;
        seen.facts = result.rows;
        return result as Result<Row>;
      } catch (error) {
        seen.facts = error as Error;
        throw error;
      }
    },
  };
  return { session: stopped, seen };
}

async function waitForAdvisoryLock(session: Session): Promise<void> {
  for (;;) {
    const { rows } = await session.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    if (rows.length > 0) return;
  }
}

const find = <K extends CatalogObject['kind']>(catalog: Catalog, kind: K) =>
  catalog.objects.find((object): object is Extract<CatalogObject, { kind: K }> => object.kind === kind);

const namesOf = (catalog: Catalog) =>
  catalog.objects.flatMap((object) => (object.kind === 'column' ? [object.name] : []));

describe('a reading is whole', () => {
  test('although PostgreSQL prints one half of it from an older and one from a newer catalogue', async () => {
    const other = await databases.make(`
      CREATE TYPE mood AS ENUM ('calm');
      CREATE TABLE t (m mood CHECK (m <> 'calm'))`);
    const { session, seen } = stopInside(
      await databases.join(other),
      other,
      'ALTER TYPE mood RENAME TO feeling',
    );
    const { catalog } = await readCatalog(session);

    // The first look was torn indeed: the enum has its old name, the check calls it by its new one.
    const told = JSON.stringify(seen.facts);
    expect(told).toMatch(/\\"name\\" : \\"mood\\"/);
    expect(told).toContain("'calm'::public.feeling");
    expect(find(catalog, 'enum')?.name).toBe('feeling');
    expect(find(catalog, 'column')?.type).toBe('public.feeling');
    expect(find(catalog, 'check')?.expression).toBe("(m <> 'calm'::public.feeling)");
  });

  test('although what is to be printed is gone (XX000)', async () => {
    const other = await databases.make(`
      CREATE FUNCTION fine(integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN true;
      CREATE TABLE t (n integer CONSTRAINT is_fine CHECK (fine(n)))`);
    const { session, seen } = stopInside(
      await databases.join(other),
      other,
      'ALTER TABLE t DROP CONSTRAINT is_fine; DROP FUNCTION fine(integer)',
    );
    const { catalog } = await readCatalog(session);
    expect(seen.facts).toMatchObject({ sqlstate: 'XX000' });
    expect(find(catalog, 'check')).toBeUndefined();
    expect(namesOf(catalog)).toEqual(['n']);
  });

  const changes: Readonly<Record<string, { readonly sql: string; readonly columns: readonly string[] }>> = {
    'a column is added': { sql: 'ALTER TABLE t ADD COLUMN more text', columns: ['a', 'b', 'kept', 'more'] },
    'a column is dropped': { sql: 'ALTER TABLE t DROP COLUMN b', columns: ['a', 'kept'] },
    'a table is dropped': { sql: 'DROP TABLE t', columns: ['kept'] },
    'a table is made': { sql: 'CREATE TABLE u (u integer)', columns: ['a', 'b', 'kept', 'u'] },
    'a table is moved': { sql: 'CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s', columns: ['a', 'b', 'kept'] },
    'an index is dropped': { sql: 'DROP INDEX by_a', columns: ['a', 'b', 'kept'] },
    'a type is renamed': { sql: 'ALTER TYPE mood RENAME TO feeling', columns: ['a', 'b', 'kept'] },
    'a label is added': { sql: "ALTER TYPE mood ADD VALUE 'wild'", columns: ['a', 'b', 'kept'] },
    'a schema is renamed': { sql: 'ALTER SCHEMA extra RENAME TO other', columns: ['a', 'b', 'kept'] },
    'access is granted': { sql: 'GRANT SELECT ON t TO PUBLIC', columns: ['a', 'b', 'kept'] },
  };
  for (const [what, { sql, columns }] of Object.entries(changes))
    test(`although ${what} meanwhile: it is read again`, async () => {
      const other = await databases.make(`
        CREATE SCHEMA extra; CREATE TYPE mood AS ENUM ('calm');
        CREATE TABLE t (a integer, b mood); CREATE INDEX by_a ON t (a);
        CREATE TABLE kept (kept integer)`);
      const torn = interrupt(await databases.join(other), async (look) => {
        if (look === 1) await other.query(sql);
      });
      const reading = await readCatalog(torn.session);
      expect(torn.looks()).toBe(2);
      expect(namesOf(reading.catalog).sort()).toEqual(columns);
      expect(reading).toEqual(await readCatalog(other));
    });

  test('at the first look, whatever happens that it does not rest on', async () => {
    const other = await databases.make(`
      CREATE TABLE t (n integer); CREATE TABLE unasked (n integer); CREATE SCHEMA graphile_worker`);
    const undisturbed = interrupt(await databases.join(other), () =>
      other.query(`
        INSERT INTO t SELECT generate_series(1, 1000); ANALYZE t; CREATE TEMP TABLE scribble (n integer);
        CREATE TABLE graphile_worker.jobs (id integer); ALTER TABLE unasked ADD COLUMN more text`),
    );
    const { catalog } = await readCatalog(undisturbed.session, { tableNames: ['t'] });
    expect(undisturbed.looks()).toBe(1);
    expect(namesOf(catalog)).toEqual(['n']);
  });

  test('or there is none: after three torn looks nothing is said of the schema', async () => {
    const other = await databases.make('CREATE TABLE t (n integer)');
    const torn = interrupt(await databases.join(other), (look) =>
      other.query(`ALTER TABLE t ADD COLUMN n${look} integer`),
    );
    const refusal = await readCatalog(torn.session).catch((error: unknown) => error);
    if (!(refusal instanceof ShipshapeError)) throw refusal;
    expect(torn.looks()).toBe(3);
    expect(refusal.exit).toBe(4);
    expect(refusal.findings).toMatchObject([
      {
        code: 'catalogue-torn',
        verdict: 'blind',
        what: expect.stringMatching(/changed during each of 3 readings/),
      },
    ]);
    const [, sql] = (refusal.findings[0]?.do ?? '').split('who it is: ');
    await expect(other.query(sql as string)).resolves.toBeDefined();
    expect(namesOf((await readCatalog(other)).catalog)).toEqual(['n', 'n1', 'n2', 'n3']);
  });
});

describe('a reading inside a transaction', () => {
  test('sees what the transaction has changed and nobody else does', async () => {
    const session = await databases.make('CREATE TABLE t (n integer)');
    const outside = await databases.join(session);
    await transaction(session, {}, async () => {
      // The savepoint makes rows of a transaction id that is not the transaction's own.
      await session.query('ALTER TABLE t ADD COLUMN more text; SAVEPOINT s; CREATE TYPE mood AS ENUM ()');
      const { catalog } = await readCatalogInTransaction(session);
      expect(namesOf(catalog)).toEqual(['more', 'n']);
      expect(find(catalog, 'enum')?.name).toBe('mood');
      await session.query("CREATE TABLE after_it (stamp timestamptz DEFAULT '2026-01-01 12:00')");
    });
    expect(namesOf((await readCatalog(outside)).catalog)).toEqual(['stamp', 'more', 'n']);
  });

  test('leaves the transaction and its settings as they were', async () => {
    const session = await databases.make('CREATE SCHEMA s');
    await transaction(session, {}, async () => {
      await session.query("SET LOCAL search_path TO s; SET LOCAL TimeZone TO 'Asia/Jerusalem'");
      expect((await readCatalogInTransaction(session)).server.searchPath).toEqual(['s']);
      const { rows } = await session.query(
        "SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone",
      );
      expect(rows).toEqual([{ path: 's', zone: 'Asia/Jerusalem' }]);
    });
  });

  test('notices what others commit meanwhile', async () => {
    const other = await databases.make('CREATE TABLE t (n integer); CREATE TABLE mine (n integer)');
    const reader = await databases.join(other);
    const torn = interrupt(reader, async (look) => {
      if (look === 1) await other.query('ALTER TABLE t ADD COLUMN theirs text');
    });
    await transaction(reader, {}, async () => {
      await reader.query('ALTER TABLE mine ADD COLUMN ours text');
      const { catalog } = await readCatalogInTransaction(torn.session);
      expect(torn.looks()).toBe(2);
      expect(namesOf(catalog)).toEqual(['n', 'ours', 'n', 'theirs']);
    });
  });

  test('that fails leaves a transaction that goes on', async () => {
    const owner = await databases.make(`
      CREATE ROLE writer LOGIN; GRANT CREATE ON SCHEMA public TO writer;
      REVOKE SELECT ON pg_catalog.pg_index FROM PUBLIC`);
    const writer = await databases.join(owner, 'writer');
    await transaction(writer, {}, async () => {
      await writer.query('CREATE TABLE before_it (n integer)');
      await expect(readCatalogInTransaction(writer)).rejects.toMatchObject({
        findings: [{ code: 'catalogue-unreadable' }],
      });
      await writer.query('CREATE TABLE after_it (n integer)');
    });
    expect((await readCatalog(owner)).access.size).toBe(2);
  });

  test('needs one', async () => {
    await expect(readCatalogInTransaction(await databases.make())).rejects.toMatchObject({
      sqlstate: '25P01',
    });
  });
});

/** As `stopInside`, for what reads in one message: every look waits inside, `meanwhile` is done in the first. */
function stopInsideMessage(reader: Session, other: Session, meanwhile: string) {
  const seen = { looks: 0 };
  const stopped: Session = {
    ...unchanged(reader),
    query: <Row>(text: string, values?: readonly unknown[]) => reader.query<Row>(text, values),
    async queryAll(text: string): Promise<readonly Result<unknown>[]> {
      if (++seen.looks > 1) return reader.queryAll(text);
      await other.query('SELECT pg_advisory_lock(7)');
      const [held, more] = [
        text.replace(
          'FROM our_relation r',
          'FROM (SELECT pg_advisory_xact_lock(7) OFFSET 0) AS held, our_relation r',
        ),
        text.split('FROM our_relation r').length,
      ];
      expect(more).toBeGreaterThan(1);
      const answer = reader.queryAll(held);
      answer.catch(() => undefined);
      await waitForAdvisoryLock(other);
      await other.query(meanwhile);
      await other.query('SELECT pg_advisory_unlock(7)');
      return answer;
    },
  };
  return { session: stopped, seen };
}

describe('a reading in one message is whole', () => {
  const schema = `
    CREATE TYPE mood AS ENUM ('calm');
    CREATE TABLE t (a integer, m mood DEFAULT 'calm', CONSTRAINT t_key UNIQUE (a));
    CREATE VIEW v AS SELECT a FROM t`;
  const changes: Readonly<Record<string, string>> = {
    'a type is renamed': 'ALTER TYPE mood RENAME TO feeling',
    'a column is added': 'ALTER TABLE t ADD COLUMN more text',
    'a column is renamed': 'ALTER TABLE t RENAME COLUMN a TO b',
    'a key is dropped': 'ALTER TABLE t DROP CONSTRAINT t_key',
    'a label is added': "ALTER TYPE mood ADD VALUE 'wild'",
    'a table is dropped': 'DROP TABLE t CASCADE',
  };
  for (const tableNames of [undefined, ['t', 'v']])
    for (const [what, sql] of Object.entries(changes)) {
      const scope = tableNames === undefined ? {} : { tableNames };
      const how = tableNames === undefined ? 'all tables' : 'named tables';
      test(`${how}: although ${what} meanwhile`, async () => {
        const other = await databases.make(schema);
        const torn = stopInsideMessage(await databases.join(other), other, sql);
        const reading = await readNeeded(torn.session, scope);
        expect(torn.seen.looks).toBe(2);
        expect(reading.catalog).toEqual((await readNeeded(other, scope)).catalog);
      });

      test(`${how}: and its seals, although ${what} meanwhile`, async () => {
        const other = await databases.make(schema);
        const torn = stopInsideMessage(await databases.join(other), other, sql);
        const sealed = await readSealed(torn.session, scope);
        expect(torn.seen.looks).toBe(2);
        expect(sealed).toEqual(await readSealed(other, scope));
      });
    }

  test('at the first look, whatever happens to what it does not name', async () => {
    const other = await databases.make(`${schema}; CREATE TABLE unasked (n integer)`);
    const calm = stopInsideMessage(
      await databases.join(other),
      other,
      'ALTER TABLE unasked ADD COLUMN more text; INSERT INTO t VALUES (1)',
    );
    await readNeeded(calm.session, { tableNames: ['t'] });
    expect(calm.seen.looks).toBe(1);
  });
});
