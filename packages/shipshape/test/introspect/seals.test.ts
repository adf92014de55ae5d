// Seals: whatever a need could tell apart has two of them, whatever it could not has one, on any server.
import { beforeAll, describe, expect, test } from 'vitest';
import { addressOf, type Catalog, renderAddressKey } from '../../src/catalog/index.ts';
import { readNeeded } from '../../src/introspect/read-needed.ts';
import { readSealed } from '../../src/introspect/read-sealed.ts';
import type { NeededReading, SealedReading } from '../../src/introspect/reading.ts';
import { judge } from '../../src/need/judge.ts';
import { lookIn } from '../../src/need/lookup.ts';
import { makeNeed } from '../../src/need/make-need.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { readMutations } from '../compare/mutations.ts';
import { cases, firstVersionOf, schemaOf, useDatabases } from './databases.ts';
import { longVersions, onEveryVersion } from './matrix.ts';

/** What the code needs that declares just this. */
function needOf({ catalog, server }: NeededReading) {
  const unqualified = catalog.objects.map((object) => renderAddressKey(addressOf(object)));
  return makeNeed({ catalog, silence: [], origin: {}, unqualified, printed: server.major });
}

function lacks(declared: NeededReading, there: NeededReading): boolean {
  const { searchPath } = there.server;
  const lookup = lookIn(there, searchPath);
  return judge(needOf(declared), { catalog: there.catalog, searchPath, lookup }).shortfalls.length > 0;
}

/** What keys and indexes are called is no matter of a need, nor is where a column stands. */
const anonymous = ({ objects }: Catalog) =>
  objects.map((object) => {
    if (object.kind === 'column') return JSON.stringify({ ...object, position: 0 });
    return JSON.stringify('table' in object ? { ...object, name: '' } : object);
  });

const wordsOf = ({ types, relations }: SealedReading) =>
  [types, ...relations.map(({ schema, name, seal }) => `${schema}.${name} ${seal}`)].sort();

const readBoth = async (session: OwnSession) => ({
  need: await readNeeded(session),
  words: wordsOf(await readSealed(session)),
});

const touching = [
  'columns',
  'keys',
  'indexes',
  'periods',
  'tables',
  'types',
  'views',
  'checks',
  'triggers-and-policies',
];

onEveryVersion((major) => {
  const databases = useDatabases(major);
  for (const file of readMutations().filter(({ name, from }) => from <= major && touching.includes(name)))
    describe(file.name, () => {
      let left: Awaited<ReturnType<typeof readBoth>>;
      beforeAll(async () => {
        left = await readBoth(await databases.make(file.setUp));
      });

      for (const mutation of file.mutations.filter(({ from }) => from <= major))
        test(mutation.title, async () => {
          const changed = await databases.make(file.setUp);
          await changed.query(mutation.sql);
          const right = await readBoth(changed);
          if (lacks(left.need, right.need) || lacks(right.need, left.need))
            expect(right.words).not.toEqual(left.words);
          const [one, other] = [anonymous(left.need.catalog), anonymous(right.need.catalog)];
          if (one.sort().join() === other.sort().join()) expect(right.words).toEqual(left.words);
        });
    });
}, longVersions);

describe('a seal is one', () => {
  const databases = useDatabases();
  const sealsOf = async (sql: string) => wordsOf(await readSealed(await databases.make(sql)));

  test('where columns were dropped, and in a database that was restored from a dump of it', async () => {
    const lived = await sealsOf(`
      CREATE TABLE t (old text, a integer, older text, b integer, CONSTRAINT t_key UNIQUE (b, a));
      CREATE UNIQUE INDEX by_b ON t (b) INCLUDE (a);
      ALTER TABLE t DROP COLUMN old, DROP COLUMN older`);
    const restored = await sealsOf(`
      CREATE TABLE t (a integer, b integer, CONSTRAINT t_key UNIQUE (b, a));
      CREATE UNIQUE INDEX by_b ON t (b) INCLUDE (a)`);
    expect(lived).toEqual(restored);
    const otherwise = await sealsOf(`
      CREATE TABLE t (old text, a integer, older text, b integer, CONSTRAINT t_key UNIQUE (a, b));
      CREATE UNIQUE INDEX by_b ON t (b) INCLUDE (a);
      ALTER TABLE t DROP COLUMN old, DROP COLUMN older`);
    expect(otherwise).not.toEqual(restored);
  });

  test('whatever settings a session has', async () => {
    const sql = `
      CREATE TYPE mood AS ENUM ('calm');
      CREATE TABLE t (m mood DEFAULT 'calm', at timestamptz DEFAULT '2026-01-01 12:00+00', UNIQUE (m))`;
    const session = await databases.make(sql);
    await session.query(
      `SET TimeZone TO 'Asia/Jerusalem'; SET search_path TO public; SET DateStyle TO 'SQL, DMY'`,
    );
    expect(wordsOf(await readSealed(session))).toEqual(await sealsOf(sql));
  });
});

onEveryVersion(
  (major) => {
    const [old, current] = [useDatabases(major), useDatabases(18)];
    for (const name of cases.filter((each) => firstVersionOf(each) <= major))
      test(`${name.replace('--', ': ')} has the seals of PostgreSQL 18, where it is read alike`, async () => {
        const one = await readBoth(await old.make(schemaOf(name)));
        const other = await readBoth(await current.make(schemaOf(name)));
        if (JSON.stringify(one.need.catalog) === JSON.stringify(other.need.catalog))
          expect(one.words).toEqual(other.words);
      });
  },
  [14],
);
