// Every mutation of a schema is taken back by a repair, or left to people; the statements run in the order in which they are planned.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import type { Drifted } from '../../src/plan/repair/drifted.ts';
import { makeGround } from '../../src/plan/repair/ground.ts';
import { planRepair } from '../../src/plan/repair/plan-repair.ts';
import type { Session } from '../../src/postgres/session.ts';
import { readMutations } from '../compare/mutations.ts';
import { renderDifference } from '../compare/told.ts';
import { useDatabases } from '../introspect/databases.ts';
import { isLong, longVersions, onEveryVersion } from '../introspect/matrix.ts';

onEveryVersion((major) => {
  const databases = useDatabases(major);
  for (const file of readMutations().filter(({ from }) => from <= major))
    describe(file.name, () => {
      let made: Catalog;
      beforeAll(async () => {
        made = await read(await databases.make(file.setUp));
      });

      for (const mutation of file.mutations.filter(({ from }) => from <= major))
        test.each(isLong ? [true, false] : [true])(`${mutation.title}, with rows %s`, async (filled) => {
          const live = await databases.make(file.setUp);
          await live.query(mutation.sql);
          const present = await read(live);
          const facts = { major, hasRows: () => filled };
          const { repairs, byHand } = planRepair(
            driftOf(made, present),
            makeGround(made, present, facts),
            () => null,
          );
          const statements = repairs.flatMap(({ block }) => block.statements);
          for (const statement of statements) await live.query(statement);
          const left = driftOf(made, await read(live)).map(renderDifference);
          expect(left, statements.join('\n')).toEqual(byHand.map(({ of }) => renderDifference(of)).sort());
        });
    });
}, longVersions);

async function read(session: Session): Promise<Catalog> {
  return (await readCatalog(session)).catalog;
}

function driftOf(made: Catalog, live: Catalog): readonly Drifted[] {
  return compare(made, live).filter((each): each is Drifted => each.kind !== 'unexpected');
}
