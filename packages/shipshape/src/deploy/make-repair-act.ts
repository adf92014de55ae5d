// makeRepairAct: repairs that are run together, with the locks that they take and how long those are held.
import type { Catalog, CatalogObject } from '../catalog/index.ts';
import { lockOf, whoWaits } from '../migrate/words/locks.ts';
import { tablesAbove } from '../plan/repair/comes-with.ts';
import type { Drifted } from '../plan/repair/drifted.ts';
import type { PlannedRepair } from '../plan/repair/planned-repair.ts';
import { parseStatements } from '../postgres/parse-statements.ts';
import type { Session } from '../postgres/session.ts';
import { isWrittenAnew } from './ask-rows.ts';
import { makerIn, namesOf } from './name-drift.ts';
import type { DriftGround } from './read-ground.ts';
import type { Mended, RepairAct, RepairStatement } from './repair-plan.ts';

/** `later`: what is run after them, and may go on with the same things. */
export async function makeRepairAct(
  session: Session,
  repairs: readonly PlannedRepair[],
  later: readonly PlannedRepair[],
  known: DriftGround,
): Promise<RepairAct> {
  const statements: RepairStatement[] = [];
  const remarks = new Set(repairs.flatMap((each) => each.remarks));
  for (const repair of repairs) {
    const anew = await isWrittenAnew(session, repair);
    if (anew !== 'no') remarks.add(anew === 'yes' ? writtenAnew : `it may be that ${writtenAnew}`);
    for (const sql of repair.block.statements)
      statements.push(await tellStatement(sql, repair, anew === 'no' && !repair.long, known));
  }
  const touched = [...new Set(repairs.flatMap(({ mends }) => mends))];
  const isOver = (each: Drifted) => !later.some(({ mends }) => mends.includes(each));
  return {
    mends: touched.filter(isOver).map((each) => tellMended(each, known)),
    begins: touched.filter((each) => !isOver(each)).map((each) => tellMended(each, known)),
    statements,
    apart: repairs.some(({ apart }) => apart),
    remarks: [...remarks],
  };
}

const writtenAnew = 'every row is written anew, and nobody reads or writes the table meanwhile';

async function tellStatement(
  sql: string,
  { object, fresh }: PlannedRepair,
  isShort: boolean,
  { live }: DriftGround,
): Promise<RepairStatement> {
  const parsed = await parseStatements(sql);
  const [statement] = 'message' in parsed ? [] : parsed;
  const lock = statement === undefined ? null : lockOf(statement);
  // What is made in the plan itself nobody uses yet.
  if (lock === null || (fresh && !touchesLive(object, live.catalog)))
    return { sql, lock: null, whoWaits: null };
  const who = whoWaits(lock);
  const wait = /^nobody/.test(who) ? '' : isShort ? ' for a moment' : ' until all rows are done';
  return { sql, lock, whoWaits: `${who}${wait}` };
}

/** Its table, the one that it leads to, or the one that it becomes a part of. */
function touchesLive(object: CatalogObject, { objects }: Catalog): boolean {
  const tables = [
    ...('table' in object ? [[object.schema, object.table]] : []),
    ...(object.kind === 'foreign key' ? [[object.references.schema, object.references.table]] : []),
    ...(object.kind === 'table' ? tablesAbove(object).map(({ schema, name }) => [schema, name]) : []),
  ];
  return objects.some(
    (each) =>
      (each.kind === 'table' || each.kind === 'materialized view') &&
      tables.some(([schema, name]) => each.schema === schema && each.name === name),
  );
}

function tellMended(difference: Drifted, known: DriftGround): Mended {
  const values =
    difference.kind === 'unequal'
      ? { made: difference.left, found: difference.right }
      : { made: null, found: null };
  return { ...namesOf(difference, known), ...values, migration: makerIn(difference, known) };
}
