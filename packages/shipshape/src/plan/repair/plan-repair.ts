// planRepair: what hands have changed, brought back in an order that works.
import {
  indexByKey,
  isConstraint,
  isPartKind,
  renderAddressKey,
  type ThingAddress,
} from '../../catalog/index.ts';
import type { Block } from '../block.ts';
import { makeContents } from '../contents.ts';
import { createRemark } from '../create-remark.ts';
import { ended } from '../ended.ts';
import { holdingOf } from '../holding.ts';
import { orderBlocks } from '../order-blocks.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { comesWith } from './comes-with.ts';
import type { Drifted } from './drifted.ts';
import { type Ground, unended } from './ground.ts';
import { holdBack } from './hold-back.ts';
import { makeFresh } from './make-fresh.ts';
import type { PlannedRepair } from './planned-repair.ts';
import { type ByHand, isByHand, makeRepair, type Repair } from './repair.ts';
import { linesOf, wayOf } from './way-of.ts';

export interface Repairs {
  /** In the order in which they are run. */
  readonly repairs: readonly PlannedRepair[];
  readonly byHand: readonly (ByHand & { readonly of: Drifted })[];
}

/** `left`: why a difference is left to people before it is looked at; null where it is not. */
export function planRepair(
  drifted: readonly Drifted[],
  ground: Ground,
  left: (difference: Drifted) => string | null,
): Repairs {
  const byHand: (ByHand & { of: Drifted })[] = [];
  const phases = makePhases();
  const add = (phase: PlannedRepair[], repair: Repair, mends: readonly Drifted[]) =>
    phase.push({ ...repair, mends });
  for (const repair of clearLeftovers(ground)) add(phases.first, repair, []);
  const inherited = comesWith(drifted, ground);
  const own = drifted.filter((each) => !inherited.has(each));
  const fresh = new Map<string, Drifted>();
  for (const group of groupByThing(own, ground)) {
    const [first] = group as [Drifted];
    const reason = group.map(left).find((each) => each !== null) ?? null;
    const way = reason === null ? wayOf(group, ground) : { lines: linesOf(group, ground), because: reason };
    if (way === 'fresh') fresh.set(renderAddressKey(first.address), first);
    else if (isByHand(way)) byHand.push(...group.map((of) => ({ ...way, of })));
    else {
      const heirs = [...inherited].flatMap(([child, parent]) => (group.includes(parent) ? [child] : []));
      const mends = [...group, ...heirs];
      add(phaseOf(way, first, phases), withRemarks(way, mends, ground), mends);
    }
  }
  for (const { phase, repair, of } of makeFresh(fresh, ground.sides.wanted)) add(phases[phase], repair, [of]);
  return leaveWhatRests({ repairs: inOrder(phases, ground), byHand }, ground);
}

/** What rests on a thing that is left to people is left to them as well. */
function leaveWhatRests({ repairs, byHand }: Repairs, { sides }: Ground): Repairs {
  const wanted = indexByKey(sides.wanted);
  const left = byHand.flatMap(({ of }) => {
    const object = wanted.get(renderAddressKey(of.address));
    const block = { address: of.address, statements: [], makes: [] };
    return object === undefined ? [] : [{ ...makeRepair(object, block), mends: [of] }];
  });
  const held = holdBack([...repairs, ...left], new Set(left));
  const isHeld = new Set(held.map(({ repair }) => repair));
  return {
    repairs: repairs.filter((each) => !isHeld.has(each)),
    byHand: [
      ...byHand,
      ...held.flatMap(({ repair }) =>
        repair.mends.map((of) => ({
          of,
          lines: ended(repair.block.statements),
          because: 'it rests on something that is left to people, too',
        })),
      ),
    ],
  };
}

/** What keeps this order where nothing mentions another. */
function makePhases() {
  const phase = (): PlannedRepair[] => [];
  return {
    first: phase(),
    ground: phase(),
    labels: phase(),
    columns: phase(),
    routines: phase(),
    nullability: phase(),
    changes: phase(),
    keys: phase(),
    indexes: phase(),
    references: phase(),
    rest: phase(),
  };
}
type Phases = ReturnType<typeof makePhases>;

function phaseOf({ object }: Repair, difference: Drifted, phases: Phases): PlannedRepair[] {
  if (object.kind === 'enum') return phases.labels;
  if (object.kind === 'column') {
    if (difference.kind === 'missing') return phases.columns;
    return difference.aspect === 'nullability' && !object.nullable ? phases.nullability : phases.changes;
  }
  if (object.kind === 'foreign key') return phases.references;
  if (isConstraint(object)) return phases.keys;
  if (object.kind === 'index') return phases.indexes;
  return object.kind === 'domain' || object.kind === 'sequence' ? phases.changes : phases.rest;
}

/** Indexes, keys and references of a table take over those that its partitions have already: theirs come first. */
function inOrder(phases: Phases, { sides }: Ground): readonly PlannedRepair[] {
  const { depthOf } = makeContents(sides.wanted);
  const depth = ({ object }: PlannedRepair) => ('table' in object ? depthOf(object.schema, object.table) : 0);
  const deepestFirst = (repairs: readonly PlannedRepair[]) => repairs.toSorted((a, b) => depth(b) - depth(a));
  const ordered = {
    ...phases,
    keys: deepestFirst(phases.keys),
    indexes: deepestFirst(phases.indexes),
    references: deepestFirst(phases.references),
  };
  const repairs = Object.values(ordered).flat();
  const byBlock = new Map<Block, PlannedRepair>(repairs.map((each) => [each.block, each]));
  return orderBlocks([...byBlock.keys()]).flatMap((block) => byBlock.get(block) ?? []);
}

/** A key or an index is changed as one, whatever it differs in. */
function groupByThing(drifted: readonly Drifted[], { sides }: Ground): readonly (readonly Drifted[])[] {
  const wanted = indexByKey(sides.wanted);
  const groups = new Map<string, Drifted[]>();
  for (const [at, difference] of drifted.entries()) {
    const object = wanted.get(renderAddressKey(difference.address));
    const isOne = object !== undefined && (isConstraint(object) || object.kind === 'index');
    const key = isOne ? renderAddressKey(difference.address) : String(at);
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()];
}

/** What was said of parts that are gone went with them. */
function withRemarks(repair: Repair, mends: readonly Drifted[], { sides }: Ground): Repair {
  const said = mends
    .filter(({ kind, address }) => kind === 'missing' && isPartKind(address.kind))
    .flatMap(({ address }) => holdingOf(sides.wanted).remarksOn(address as ThingAddress))
    .flatMap((remark) => createRemark(remark, sides.wanted, sides.naming));
  if (said.length === 0) return repair;
  const { block } = repair;
  return { ...repair, block: { ...block, statements: [...block.statements, ...unended(said)] } };
}
