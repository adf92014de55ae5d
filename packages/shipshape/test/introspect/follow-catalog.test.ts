// followCatalog: after every statement that changes a schema it knows what a reading of everything would tell.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CatalogObject, indexByKey } from '../../src/catalog/index.ts';
import { type Follower, followCatalog } from '../../src/introspect/follow-catalog.ts';
import { ownTransaction, savepoint } from '../../src/introspect/frame.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { readCatalogInTransaction } from '../../src/introspect/read-catalog-in-transaction.ts';
import { DatabaseError } from '../../src/postgres/database-error.ts';
import { parseStatements } from '../../src/postgres/parse-statements.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { readMutations } from '../compare/mutations.ts';
import { type Step, statementOf, step } from './arbitrary-statement.ts';
import { cases, firstVersionOf, schemaOf, useDatabases } from './databases.ts';
import { isLong, longVersions, onEveryVersion } from './matrix.ts';

/** What a follower has told so far, held against a reading of everything. */
class Told {
  readonly #objects = new Map<string, CatalogObject>();
  readonly #follower: Follower = followCatalog([]);

  async look(...where: Parameters<Follower['look']>): Promise<void> {
    const { before, after } = await this.#follower.look(...where);
    for (const [key, object] of before) {
      expect(this.#objects.get(key)).toEqual(object);
      this.#objects.delete(key);
    }
    for (const [key, object] of after) {
      expect(this.#objects.has(key)).toBe(false);
      this.#objects.set(key, object);
    }
  }

  agreesWith(catalog: Parameters<typeof indexByKey>[0], step: string): void {
    const now = indexByKey(catalog);
    const sorted = (keys: Iterable<string>) => [...keys].sort();
    expect(sorted(this.#objects.keys()), step).toEqual(sorted(now.keys()));
    for (const [key, object] of now) expect(this.#objects.get(key), `${key} after ${step}`).toEqual(object);
  }
}

async function statementsOf(sql: string): Promise<readonly string[]> {
  const statements = await parseStatements(sql);
  if ('message' in statements) throw new Error(statements.message);
  return statements.map(({ text }) => text);
}

/** False when the server refuses it. */
async function isTaken(session: OwnSession, sql: string): Promise<boolean> {
  try {
    await session.query(sql);
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return false;
  }
}

onEveryVersion((major) => {
  const databases = useDatabases(major);

  async function followEach(session: OwnSession, statements: readonly string[]): Promise<void> {
    const reader = await databases.join(session);
    const told = new Told();
    for (const statement of statements) {
      await session.query(statement);
      await told.look(reader, ownTransaction);
      told.agreesWith((await readCatalog(session)).catalog, statement);
    }
  }

  for (const name of cases.filter((each) => firstVersionOf(each) <= major))
    test(`${name.replace('--', ': ')}, statement by statement`, async () => {
      await followEach(await databases.make(), await statementsOf(schemaOf(name)));
    });

  // Each mutation is seen by `mutations.test.ts` as well: this is for what is left behind from one to the next.
  for (const { name, setUp, mutations } of isLong ? readMutations().filter(({ from }) => from <= major) : [])
    test(`mutations of ${name}, one after another`, async () => {
      const session = await databases.make(setUp);
      const reader = await databases.join(session);
      const told = new Told();
      await told.look(reader, ownTransaction);
      let taken = 0;
      for (const { sql, title } of mutations.filter((each) => each.from <= major)) {
        if (await isTaken(session, sql)) taken += 1;
        else await session.query('ROLLBACK');
        await told.look(reader, ownTransaction);
        told.agreesWith((await readCatalog(session)).catalog, title);
      }
      expect(taken).toBeGreaterThan(0);
    });

  test('statements at random, in transactions of their own or in one for all', {
    timeout: 120_000,
  }, async () => {
    const session = await databases.make();
    const reader = await databases.join(session);
    const counts = { taken: 0, all: 0 };
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), (files, asOne) =>
        followFiles({ session, reader, files, asOne, counts }),
      ),
      // What is taken varies by chance; the long run draws anew.
      isLong ? { numRuns: 40 } : { numRuns: 40, seed: 20_261_126 },
    );
    expect(counts.taken).toBeGreaterThan(counts.all / 8);
  });
}, longVersions);

const files = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 5, maxLength: 20 });

interface Run {
  readonly session: OwnSession;
  readonly reader: OwnSession;
  readonly files: readonly (readonly Step[])[];
  readonly asOne: boolean;
  readonly counts: { taken: number; all: number };
}

async function followFiles({ session, reader, files, asOne, counts }: Run): Promise<void> {
  await session.query(
    'DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS other CASCADE',
  );
  if (asOne) await session.query('BEGIN');
  const told = new Told();
  for (const file of files) {
    if (asOne) await session.query('SAVEPOINT file');
    for (const each of file) {
      // A statement that fails leaves rows behind that nobody sees, as in a block that catches it.
      if (asOne) await session.query('SAVEPOINT statement');
      const isDone = await isTaken(session, statementOf(each));
      if (asOne)
        await session.query(isDone ? 'RELEASE SAVEPOINT statement' : 'ROLLBACK TO SAVEPOINT statement');
      counts.all += 1;
      if (isDone) counts.taken += 1;
    }
    const what = file.map(statementOf).join('; ');
    if (asOne) {
      await told.look(session, savepoint);
      told.agreesWith((await readCatalogInTransaction(session)).catalog, what);
      await session.query('RELEASE SAVEPOINT file');
    } else {
      await told.look(reader, ownTransaction);
      told.agreesWith((await readCatalog(session)).catalog, what);
    }
  }
  if (asOne) await session.query('ROLLBACK');
}
