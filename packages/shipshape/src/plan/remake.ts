// remake: a thing dropped and made again, where PostgreSQL has no other way; what is lost by that is said.
import { addressOf, type CatalogObject, type Remark, type ThingAddress } from '../catalog/index.ts';
import { renderTarget } from '../ddl/index.ts';
import { createRemark, isForeign } from './create-remark.ts';
import { renderCreation } from './create-thing.ts';
import { holdingOf } from './holding.ts';
import { renderDropRoutine } from './render-drop-routine.ts';
import type { Pair, Sides } from './sides.ts';

type Thing = Exclude<CatalogObject, Remark>;

/** DROP refuses where others rest on the thing: nothing goes with it that is not made again. `because`: for people. */
export function remake({ wanted, present }: Pair<Thing>, sides: Sides, because: string): readonly string[] {
  return [
    `-- ${because}: it is dropped and made again`,
    renderDrop(present, sides),
    ...renderCreation(wanted, sides.wanted, sides.naming),
    ...keepGrants(present, sides),
  ];
}

/** Parts have the owner of what they are in; grants on columns are not made by changing these. */
const owned: readonly CatalogObject['kind'][] = [
  'table',
  'view',
  'materialized view',
  'routine',
  'domain',
  'composite type',
  'range type',
];

/** A thing loses its owner and privileges with it: where the wanted side knows none, those that are there count. */
function keepGrants(present: Thing, { wanted, present: there, naming }: Sides): readonly string[] {
  if (!owned.includes(present.kind) || holdingOf(wanted).knowsOwners) return [];
  if (!holdingOf(there).knowsOwners) return ['-- what was granted on it went with it: grant it again'];
  return holdingOf(there)
    .remarksAround(addressOf(present) as ThingAddress)
    .filter(({ kind }) => kind !== 'comment')
    .flatMap((each) => createRemark(each, there, naming));
}

function renderDrop(object: Thing, { present, naming }: Sides): string {
  const on = addressOf(object) as ThingAddress;
  if (object.kind === 'routine') return renderDropRoutine(object, naming);
  return `DROP ${renderTarget(on, naming, isForeign(on, present))};`;
}
