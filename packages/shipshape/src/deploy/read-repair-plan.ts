// readRepairPlan: a database read and held against its applied migrations, and what would bring it back; nothing is changed.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  holdersOf,
  type MigrationId,
  makerOf,
  renderAddressKey,
} from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import { makerThatWaits } from '../diagnose/find-drift.ts';
import { renderSubject, renderTableOf } from '../diagnose/naming.ts';
import type { OpenFolder } from '../migrate/open-folder.ts';
import { readRepairs } from '../migrate/repair-book.ts';
import { lockOf, whoWaits } from '../migrate/words/locks.ts';
import { renderAddColumn } from '../plan/create-column.ts';
import { goesWith } from '../plan/gone-with.ts';
import { tablesAbove } from '../plan/repair/comes-with.ts';
import type { Drifted } from '../plan/repair/drifted.ts';
import { makeGround } from '../plan/repair/ground.ts';
import { holdBack } from '../plan/repair/hold-back.ts';
import { type PlannedRepair, planRepair } from '../plan/repair/plan-repair.ts';
import { parseStatements } from '../postgres/parse-statements.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, type InTheWay, makeFinding } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { countRows, hasRows, isWrittenAnew } from './ask-rows.ts';
import { type DriftGround, readGround } from './read-ground.ts';
import {
  type Mended,
  nameRepair,
  type RepairAct,
  type RepairPlan,
  type RepairStatement,
} from './repair-plan.ts';

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
  const { going, findings: stopped } = await weigh(session, planned.repairs, known);
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
    acts.push(await makeAct(session, group, groups.slice(at + 1).flat(), known));
  const { ended, begun } = await readRepairs(session);
  const not = findings.map(({ code, address, aspect = '' }) =>
    [code, address === undefined ? '' : renderAddressKey(address), aspect].join(' '),
  );
  const plan = { database: live.server.database, ended, acts, not };
  const cutOff = begun === null || drifted.length === 0 ? [] : [makeFinding('repair-cut-off', begun)];
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

/** Those of which nothing is known to be in the way; the others as findings. */
async function weigh(
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

function isMissing({ mends }: PlannedRepair): boolean {
  return mends.some(({ kind }) => kind === 'missing');
}

/** A column that a person has to fill, in three steps. */
function planSql({ object, block }: PlannedRepair, known: DriftGround): string {
  if (object.kind !== 'column') return block.statements.map((each) => `${each};`).join('\n');
  return [...renderAddColumn(object, known.made, namingIn(known)), '-- then: npx shipshape repair'].join(
    '\n',
  );
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

async function makeAct(
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

function namesOf(
  { address, ...rest }: Drifted,
  known: DriftGround,
): { subject: string; aspect: string | null } {
  return {
    subject: renderSubject(address, namingIn(known)),
    aspect: rest.kind === 'unequal' ? rest.aspect : null,
  };
}

function namingIn({ live }: DriftGround) {
  return { hidden: live.server.searchPath };
}

function makerIn(difference: Drifted, { snapshot }: DriftGround): MigrationId | null {
  const aspect = difference.kind === 'unequal' ? difference.aspect : undefined;
  return makerOf(snapshot.provenance, renderAddressKey(difference.address), aspect);
}

function placeOf(difference: Drifted, known: DriftGround) {
  const migration = makerIn(difference, known);
  const { address } = difference;
  return {
    address,
    aspect: difference.kind === 'unequal' ? difference.aspect : 'existence',
    ...(migration === null ? {} : { migration }),
    ...(difference.kind === 'unequal' && difference.right !== null ? { found: difference.right } : {}),
  };
}
