// readRepairPlan: a database read and held against its applied migrations, and what would bring it back; nothing is changed.
import { addressOf, holdersOf, renderAddressKey } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import { makerThatWaits } from '../diagnose/find-drift.ts';
import type { OpenFolder } from '../migrate/open-folder.ts';
import { readRepairs } from '../migrate/repair-book.ts';
import type { Drifted } from '../plan/repair/drifted.ts';
import { makeGround } from '../plan/repair/ground.ts';
import { planRepair } from '../plan/repair/plan-repair.ts';
import { isMissing, type PlannedRepair } from '../plan/repair/planned-repair.ts';
import type { Session } from '../postgres/session.ts';
import { makeFinding } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { hasRows } from './ask-rows.ts';
import { makeRepairAct } from './make-repair-act.ts';
import { namesOf, placeOf } from './name-drift.ts';
import { type DriftGround, readGround } from './read-ground.ts';
import { nameRepair, type RepairAct, type RepairPlan } from './repair-plan.ts';
import { weighRepairs } from './weigh-repairs.ts';

/** Throws as `readGround` does. */
export async function readRepairPlan(
  session: Session,
  folder: OpenFolder,
  kept: SnapshotReading,
): Promise<RepairPlan> {
  const known = await readGround(session, folder, kept);
  const { drifted, live, made } = known;
  const facts = { major: live.server.major, hasRows: await lookAtRows(session, drifted) };
  const planned = planRepair(drifted, makeGround(made, live.catalog, facts), (each) => waits(each, known));
  const { going, findings: stopped } = await weighRepairs(session, planned.repairs, known);
  const findings = [
    ...stopped,
    ...planned.byHand.map(({ of, because, lines }) => {
      const data = { ...namesOf(of, known), because, sql: lines.join('\n') };
      return makeFinding('left-to-people', data, placeOf(of, known));
    }),
  ];
  const groups = together(going);
  const acts: RepairAct[] = [];
  for (const [at, group] of groups.entries())
    acts.push(await makeRepairAct(session, group, groups.slice(at + 1).flat(), known));
  const { ended, begun } = await readRepairs(session);
  const not = findings.map(({ code, address, aspect = '' }) =>
    [code, address === undefined ? '' : renderAddressKey(address), aspect].join(' '),
  );
  const plan = { database: live.server.database, ended, acts, not };
  const cutOff =
    begun === null || (acts.length === 0 && findings.length === 0)
      ? []
      : [makeFinding('repair-cut-off', begun)];
  return {
    name: acts.length === 0 ? null : nameRepair(plan),
    kept: plan,
    findings: [...cutOff, ...findings],
  };
}

/** Of the tables that something is missing in, or otherwise. */
async function lookAtRows(
  session: Session,
  drifted: readonly Drifted[],
): Promise<(schema: string, relation: string) => boolean> {
  const answers = new Map<string, boolean>();
  for (const { address } of drifted) {
    if (!('table' in address)) continue;
    const { schema, table } = address;
    const key = JSON.stringify([schema, table]);
    if (!answers.has(key)) answers.set(key, await hasRows(session, schema, table));
  }
  return (schema, relation) => answers.get(JSON.stringify([schema, relation])) ?? true;
}

/** Why it is left to people before it is looked at: in the end it is to be otherwise than applied migrations made it. */
function waits(difference: Drifted, { snapshot, applied, made }: DriftGround): string | null {
  if (difference.kind !== 'missing') return null;
  const key = renderAddressKey(difference.address);
  const within = made.objects.filter((each) => holdersOf(addressOf(each)).includes(key));
  const waiting = [difference.left, ...within]
    .flatMap((each) =>
      aspectsOf(each.kind).map(({ name }) => makerThatWaits(addressOf(each), name, snapshot, applied)),
    )
    .find((each) => each !== null);
  return waiting === undefined
    ? null
    : `${waiting}, which is not applied here, changes it, and how it was before that is not known`;
}

/** What is made from nothing is made in one transaction, and so are the columns of one table. */
function together(repairs: readonly PlannedRepair[]): readonly (readonly PlannedRepair[])[] {
  const groups: PlannedRepair[][] = [];
  for (const repair of repairs) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && areAlike(last, repair)) groups.at(-1)?.push(repair);
    else groups.push([repair]);
  }
  return groups;
}

function areAlike(one: PlannedRepair, other: PlannedRepair): boolean {
  if (one.apart || other.apart) return false;
  if (one.fresh && other.fresh) return true;
  const [a, b] = [one.object, other.object];
  const areColumns =
    a.kind === 'column' && b.kind === 'column' && a.schema === b.schema && a.table === b.table;
  return areColumns && isMissing(one) && isMissing(other);
}
