// What is proposed for a difference removes it: every mutation, both ways, on the oldest version and the newest.
import { beforeAll, describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { diagnoseDifferences } from '../../src/diagnose/differences.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import type { Reading } from '../../src/introspect/reading.ts';
import { DatabaseError } from '../../src/postgres/database-error.ts';
import type { Session } from '../../src/postgres/session.ts';
import { readMutations } from '../compare/mutations.ts';
import { renderDifference } from '../compare/told.ts';
import { useDatabases } from '../introspect/databases.ts';
import { isLong, longVersions, onEveryVersion } from '../introspect/matrix.ts';

/** `back` makes the changed database as it was, `on` changes the other one alike. */
const waysOn = (major: number) => (major === 18 && isLong ? (['back', 'on'] as const) : (['back'] as const));

/**
 * What no statement can do, and the words in which the person, or the server, is told so: in the proposal, or in what
 * PostgreSQL answers to it.
 */
const unrepairable: Readonly<Record<string, string>> = {
  'leave an index invalid, and on': 'an index that is not valid is one that could not be built',
  'update an extension, and back':
    'where no way leads from 1.6 to 1.5 (back, as a rule), update the other side',
  'spread rows otherwise, and back': 'how a table is spread over partitions cannot be changed',
  'spread rows otherwise, and on': 'how a table is spread over partitions cannot be changed',
  'spread rows that were not spread, and back': 'a partitioned table cannot become one that is not',
  'spread rows that were not spread, and on': 'how a table is spread over partitions cannot be changed',
  'make a foreign table a table, and back': 'a table that keeps rows here cannot become a foreign one',
  'add a label, and back': "PostgreSQL drops no label: 'sad' stays",
  'relabel, and back':
    "or, if 'it''s wild' is that label: ALTER TYPE mood RENAME VALUE 'it''s wild' TO 'wild'",
  'relabel, and on': "or, if 'wild' is that label: ALTER TYPE mood RENAME VALUE 'wild' TO 'it''s wild'",
  'order labels otherwise, and back': 'PostgreSQL moves no label',
  'order labels otherwise, and on': 'PostgreSQL moves no label',
  'make canonical, and back': 'a range type and its canonical function rest on each other',
  'make canonical, and on': 'a range type and its canonical function rest on each other',
};

/** Where one statement makes room for the next, which is proposed when one looks again. */
const looks: Readonly<Record<string, number>> = {
  // The sequence is there, and belongs to the column, until that is filled from it no more.
  'fill a column and belong to it, and back': 2,
};

/** What is refused when all is run from the top: another proposal has done it already, or makes room for it further down. */
const refused: Readonly<Record<string, string>> = {
  'retype with another collation, and on': 'relation "t_number_seq" already exists',
  'take the sequence away, and on': 'relation "t_number_seq" already exists',
  'compute otherwise, and back': 'relation "by_plus" already exists',
  'compute when read (from PostgreSQL 18), and back': 'relation "by_plus" already exists',
  'lead to a period, which only a key without overlaps has, and back': 'foreign key must use PERIOD',
  'lead to a period, which only a key without overlaps has, and on': 'there is no unique constraint matching',
  'drop a schema with what is in it, and back': 'schema "app" does not exist',
  'fill a column and belong to it, and back': 'relation "s" already exists',
  'rename a column of a view, and back': 'column "c" of relation "v" does not exist',
  'rename a column of a view, and on': 'column "called" of relation "v" does not exist',
  'take a column away and retype another, and back': 'column "c" of relation "v" does not exist',
};

/** What takes something away that is not made again in the same breath, or that holds rows. */
const destructive = /^DROP (?!INDEX)|\bDROP (COLUMN|ATTRIBUTE)\b/m;

onEveryVersion((major) => {
  const databases = useDatabases(major);
  for (const file of readMutations().filter(({ from }) => from <= major))
    describe(file.name, () => {
      let unchanged: Reading;
      beforeAll(async () => {
        unchanged = await read(await databases.make(file.setUp));
      });

      for (const mutation of file.mutations.filter(({ from }) => from <= major))
        test.each(waysOn(major))(`${mutation.title}, and %s`, async (way) => {
          const changed = await databases.make(file.setUp);
          await changed.query(mutation.sql);
          const [from, to] =
            way === 'back' ? [unchanged, changed] : [await read(changed), await databases.make(file.setUp)];
          const title = `${mutation.title}, and ${way}`;
          const said: string[] = [];
          const answers: string[] = [];
          for (let look = 0; look < (looks[title] ?? 1); look++)
            for (const act of await proposeActs(from, to)) {
              const answer = await run(to, act);
              if (answer !== null) answers.push(answer);
              said.push(act, answer ?? '');
            }
          const { told } = await hold(from, to);
          const reason = unrepairable[title];
          if (reason === undefined) {
            expect(told, said.join('\n')).toEqual([]);
            const allowed = refused[title];
            if (allowed === undefined) expect(answers, said.join('\n')).toEqual([]);
            else expect(answers.join()).toContain(allowed);
          } else {
            expect(told).not.toEqual([]);
            expect(said.join('\n')).toContain(reason);
          }
        });
    });
}, longVersions);

function read(session: Session): Promise<Reading> {
  return readCatalog(session, { breadth: 'everything' });
}

/** What is only in `to` is nobody's to drop. */
async function hold(from: Reading, to: Session) {
  const right = await read(to);
  const differences = compare(from.catalog, right.catalog).filter(({ kind }) => kind !== 'unexpected');
  return { right, differences, told: differences.map(renderDifference) };
}

async function proposeActs(from: Reading, to: Session): Promise<readonly string[]> {
  const { right, differences } = await hold(from, to);
  const sideOf = ({ catalog }: Reading, label: string) =>
    ({ kind: 'database', label, catalog, origin: {}, provenance: {} }) as const;
  const findings = diagnoseDifferences(differences, sideOf(from, 'one'), sideOf(right, 'two'), ['public']);
  return findings.map((finding) => {
    const act = finding.do.replace(/^-- in two\n/, '');
    expect(act).not.toBe('');
    if (destructive.test(act)) expect(act, 'what is taken away is said').toMatch(/^-- /m);
    return act;
  });
}

/** As it would be pasted: one statement after the other. What the server answers where it refuses. */
async function run(session: Session, sql: string): Promise<string | null> {
  try {
    await session.query(sql);
    return null;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return error.message;
  }
}

describe('from PostgreSQL 17', () => {
  const databases = useDatabases();
  test.each(['STORED', 'VIRTUAL'])('a %s column is computed otherwise without a drop', async (how) => {
    const table = (step: number) =>
      `CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a + ${step}) ${how})`;
    const [from, to] = [await read(await databases.make(table(1))), await databases.make(table(2))];
    const [act = ''] = await proposeActs(from, to);
    const [, shorter] = /^-- \(PostgreSQL 17 and later: (.*)\)$/m.exec(act) ?? [];
    expect(await run(to, shorter ?? act)).toBe(null);
    expect(shorter).toContain('SET EXPRESSION');
    expect((await hold(from, to)).told).toEqual([]);
  });
});
