// weighRepairs: which repairs the rows that are there allow, asked before anything is run.
import { renderTableOf } from '../diagnose/naming.ts';
import { renderAddColumn } from '../plan/create-column.ts';
import { goesWith } from '../plan/gone-with.ts';
import { holdBack } from '../plan/repair/hold-back.ts';
import { isMissing, type PlannedRepair } from '../plan/repair/planned-repair.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, type InTheWay, makeFinding } from '../report/index.ts';
import { countRows } from './ask-rows.ts';
import { namesOf, namingIn, placeOf } from './name-drift.ts';
import type { DriftGround } from './read-ground.ts';

/** Those of which nothing is known to be in the way; the others as findings. */
export async function weighRepairs(
  session: Session,
  repairs: readonly PlannedRepair[],
  known: DriftGround,
): Promise<{ going: readonly PlannedRepair[]; findings: readonly Finding[] }> {
  const stopped = new Map<PlannedRepair, InTheWay>();
  const unsure = new Set<PlannedRepair>();
  for (const repair of repairs) {
    if (repair.stuck !== null) {
      const sql = planSql(repair, known);
      stopped.set(repair, { about: repair.stuck, sql });
    }
    // What comes back with the column that it is about meets no values.
    const isAbout = (other: PlannedRepair) =>
      other.object.kind === 'column' && isMissing(other) && goesWith(repair.object, other.object);
    for (const { about, query } of stopped.has(repair) || repairs.some(isAbout) ? [] : repair.doubts) {
      const rows = await countRows(session, query);
      if (rows === null) unsure.add(repair);
      else if (rows > 0) {
        stopped.set(repair, { about, rows, query });
        break;
      }
    }
  }
  for (const { repair, for: other } of holdBack(repairs, new Set(stopped.keys()))) {
    const [first] = other.mends;
    if (first !== undefined)
      stopped.set(repair, { about: 'another', subject: namesOf(first, known).subject });
  }
  return {
    going: repairs
      .filter((each) => !stopped.has(each))
      .map((each) => (unsure.has(each) ? { ...each, remarks: [...each.remarks, unseen] } : each)),
    findings: [...stopped].flatMap(([{ mends }, way]) =>
      mends.map((each) => {
        const table = renderTableOf(each.address, namingIn(known));
        return makeFinding('rows-in-the-way', { ...namesOf(each, known), table, way }, placeOf(each, known));
      }),
    ),
  };
}

const unseen =
  'whether rows are in its way could not be told in 2 s: where there are some, PostgreSQL refuses it when it comes to them';

/** A column that a person has to fill, in three steps. */
function planSql({ object, block }: PlannedRepair, known: DriftGround): string {
  if (object.kind !== 'column') return block.statements.map((each) => `${each};`).join('\n');
  return [...renderAddColumn(object, known.made, namingIn(known)), '-- then: npx shipshape repair'].join(
    '\n',
  );
}
