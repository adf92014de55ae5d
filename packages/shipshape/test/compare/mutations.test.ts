// One thing changed on a real server is one difference: every kind, every aspect, on the oldest version and the newest.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Catalog, kinds } from '../../src/catalog/index.ts';
import { aspectsOf } from '../../src/compare/aspects.ts';
import { compare } from '../../src/compare/compare.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import type { Session } from '../../src/postgres/session.ts';
import { useDatabases } from '../introspect/databases.ts';
import { longVersions, onEveryVersion } from '../introspect/matrix.ts';
import { type Mutation, type MutationFile, readMutations, writeMutations } from './mutations.ts';
import { renderDifference } from './told.ts';

const files = readMutations();
/** `SHIPSHAPE_UPDATE=1` writes what is found into the files. */
const isUpdating = process.env.SHIPSHAPE_UPDATE !== undefined;

onEveryVersion((major) => {
  const databases = useDatabases(major);
  for (const file of files.filter(({ from }) => from <= major))
    describe(file.name, () => {
      const found = new Map<Mutation, readonly string[]>();
      let unchanged: Catalog;
      beforeAll(async () => {
        unchanged = await readEverything(await databases.make(file.setUp));
      });

      for (const mutation of file.mutations.filter(({ from }) => from <= major))
        test(mutation.title, async () => {
          const changed = await databases.make(file.setUp);
          await changed.query(mutation.sql);
          const told = compare(unchanged, await readEverything(changed)).map(onOneLine);
          found.set(mutation, told);
          if (isUpdating) writeMutations(withFound(file, found));
          else expect(told).toEqual(mutation.expected);
        });
    });
}, longVersions);

async function readEverything(session: Session): Promise<Catalog> {
  return (await readCatalog(session, { breadth: 'everything' })).catalog;
}

const onOneLine = (difference: Parameters<typeof renderDifference>[0]): string =>
  renderDifference(difference).replaceAll('\n', '\\n');

function withFound(file: MutationFile, found: ReadonlyMap<Mutation, readonly string[]>): MutationFile {
  const mutations = file.mutations.map((each) => ({ ...each, expected: found.get(each) ?? each.expected }));
  return { ...file, mutations };
}

const all = files.flatMap(({ mutations }) => mutations.flatMap(({ expected }) => expected));

test.each(kinds)('every aspect of a %s has a mutation', (kind) => {
  const ofKind = all.filter((line) => line.startsWith(`${kind} `));
  const lacking = aspectsOf(kind).filter(({ name }) => !ofKind.some((line) => line.includes(` ${name}: `)));
  expect(lacking.map(({ name }) => name)).toEqual([]);
});

// A thing always has an owner.
test.each(kinds.filter((kind) => kind !== 'owner'))('a %s is made and dropped', (kind) => {
  for (const word of [/ missing(,|$)/, / unexpected$/])
    expect(all.some((line) => line.startsWith(`${kind} `) && word.test(line))).toBe(true);
});
