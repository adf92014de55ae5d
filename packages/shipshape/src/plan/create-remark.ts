// createRemarks: comments, owners and privileges of what is made.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Remark,
  type ThingAddress,
} from '../catalog/index.ts';
import { type Naming, renderGranted, renderRemark } from '../ddl/index.ts';
import { ended } from './ended.ts';
import { holdingOf } from './holding.ts';

export function createRemark(remark: Remark, catalog: Catalog, naming: Naming): readonly string[] {
  return ended(renderRemark(remark, naming, isForeign(remark.on, catalog)));
}

/** What everybody has of a new thing unasked (manual 5.8, "Default Access Privileges"). */
const unasked: Readonly<Record<string, string>> = {
  routine: 'EXECUTE',
  enum: 'USAGE',
  domain: 'USAGE',
  'composite type': 'USAGE',
  'range type': 'USAGE',
};

/** All that is said of a thing that was made anew, and of what is in it. */
export function createRemarks(
  object: Exclude<CatalogObject, Remark>,
  catalog: Catalog,
  naming: Naming,
): readonly string[] {
  const holding = holdingOf(catalog);
  const on = addressOf(object) as ThingAddress;
  const usual = unasked[object.kind];
  const isUsual = (remark: Remark) =>
    remark.kind === 'privilege' && remark.grantee === 'PUBLIC' && remark.rights.join() === usual;
  const around = holding.remarksAround(on);
  const isRevoked =
    usual !== undefined &&
    holding.knowsOwners &&
    !around.some((each) => each.kind === 'privilege' && each.grantee === 'PUBLIC');
  return [
    ...around.filter((each) => !isUsual(each)).flatMap((each) => createRemark(each, catalog, naming)),
    ...(isRevoked ? [`REVOKE ALL ON ${renderGranted(on, naming)} FROM PUBLIC;`] : []),
  ];
}

/** A foreign table is named by its own word. */
export function isForeign(on: ThingAddress, catalog: Catalog): boolean {
  if (on.kind !== 'table') return false;
  return holdingOf(catalog).tableAt(on.schema, on.name)?.foreignServer !== undefined;
}
