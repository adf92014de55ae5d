// diagnoseDrift: what applied migrations made and hands have changed since, where no code minds.
import {
  type Address,
  addressOf,
  type Catalog,
  type CatalogObject,
  indexByKey,
  type LedgerEntry,
  type MigrationId,
  makerOf,
  renderAddressKey,
} from '../catalog/index.ts';
import type { Difference } from '../compare/difference.ts';
import { renderAspect } from '../plan/change-thing.ts';
import { renderReturn } from '../plan/create-thing.ts';
import { goesWith } from '../plan/gone-with.ts';
import type { Sides } from '../plan/sides.ts';
import { type Finding, makeFinding, type Place } from '../report/index.ts';
import { findDrift } from './find-drift.ts';
import { findLost, type Lost, lostBeside } from './lost.ts';
import { appliedIds, appliedPart, type Migrated, newerThanAll } from './migrated.ts';
import { renderSubject } from './naming.ts';

export interface DriftInput {
  readonly migrated: Migrated;
  readonly ledger: readonly LedgerEntry[] | null;
  /** Read whole: what is outside a limited reading would seem to be gone. */
  readonly live: Catalog;
  readonly searchPath: readonly string[];
  /** Of the servers that printed what is migrated and what is live. */
  readonly majors: readonly [migrated: number, live: number];
  /** What has been diagnosed already is not told again. */
  readonly told: readonly Finding[];
}

/**
 * Notes only. Nothing when the database is ahead: a newer migration may have made every difference. Nothing when none of
 * the code's tables could be seen: that has been told, and everything would be gone.
 */
export function diagnoseDrift({
  migrated,
  ledger,
  live,
  majors,
  searchPath,
  told,
}: DriftInput): readonly Finding[] {
  const unseen = told.some((each) => each.verdict === 'blind' && each.address === undefined);
  if (unseen || newerThanAll(migrated.migrations, ledger ?? []).length > 0) return [];
  const applied = appliedIds(ledger);
  const known = new Set(
    told.flatMap(({ address }) => (address === undefined ? [] : [renderAddressKey(address)])),
  );
  const isTold = (object: CatalogObject) => known.has(renderAddressKey(addressOf(object)));
  const made = appliedPart(migrated, applied);
  const side: Side = {
    ...migrated,
    sides: { wanted: made, present: live, naming: { hidden: searchPath } },
    lost: findLost(made, live, isTold),
    before: indexByKey(made),
    after: indexByKey(live),
  };
  return findDrift({ migrated, made, applied, live, majors }).flatMap((each) => {
    if (known.has(renderAddressKey(each.address))) return [];
    if (each.kind === 'unequal') return [tellChanged(each, side)];
    return isGoneWithColumn(each.left, side.lost) ? [] : [tellGone(each, side)];
  });
}

/** It is brought back with the column, where the column is told. */
function isGoneWithColumn(part: CatalogObject, lost: Lost): boolean {
  return 'table' in part && lost(part.schema, part.table).some((column) => goesWith(part, column));
}

interface Side extends Migrated {
  readonly sides: Sides;
  readonly lost: Lost;
  readonly before: ReadonlyMap<string, CatalogObject>;
  readonly after: ReadonlyMap<string, CatalogObject>;
}

function tellGone({ address, left }: Extract<Difference, { kind: 'missing' }>, side: Side): Finding {
  const migration = makerOf(side.provenance, renderAddressKey(address));
  const { naming } = side.sides;
  const sql = renderReturn(left, side.sides, lostBeside(left, side.lost)).join('\n');
  const data = { subject: renderSubject(address, naming), aspect: 'existence', migration, sql };
  return makeFinding('gone-by-hand', data, placeOf(address, 'existence', migration));
}

function tellChanged(difference: Extract<Difference, { kind: 'unequal' }>, side: Side): Finding {
  const { address, rightAddress, aspect, right } = difference;
  const migration = makerOf(side.provenance, renderAddressKey(address), aspect);
  const object = side.before.get(renderAddressKey(address));
  const from = side.after.get(renderAddressKey(rightAddress));
  const sql =
    object === undefined || from === undefined ? [] : renderAspect(object, aspect, from, side.sides);
  return makeFinding(
    'gone-by-hand',
    { subject: renderSubject(address, side.sides.naming), aspect, migration, sql: sql.join('\n') },
    { ...placeOf(address, aspect, migration), ...(right === null ? {} : { found: right }) },
  );
}

function placeOf(address: Address, aspect: string, migration: MigrationId | null): Place {
  return { address, aspect, verdict: 'drifted', ...(migration === null ? {} : { migration }) };
}
