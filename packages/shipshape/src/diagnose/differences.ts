// diagnoseDifferences: in what two sides differ, each with the line and the migration that say so, and the SQL that mends it.
import {
  type Address,
  type Catalog,
  indexByKey,
  makerOf,
  type Origin,
  type Provenance,
  parentOf,
  renderAddress,
  renderAddressKey,
} from '../catalog/index.ts';
import type { Difference } from '../compare/difference.ts';
import { renderAspect } from '../plan/change-thing.ts';
import { renderReturn } from '../plan/create-thing.ts';
import type { Sides } from '../plan/sides.ts';
import { type Finding, makeFinding, type Place } from '../report/index.ts';
import { renderSubject } from './naming.ts';

/** As much of a side as is told. */
export interface DifferingSide {
  readonly kind: string;
  readonly label: string;
  readonly catalog: Catalog;
  readonly origin: Readonly<Record<string, Origin>>;
  readonly provenance: Provenance;
}

/** `declared` of a finding is what `from` says, `found` what `to` has. */
export function diagnoseDifferences(
  differences: readonly Difference[],
  from: DifferingSide,
  to: DifferingSide,
  searchPath: readonly string[],
): readonly Finding[] {
  const naming = { hidden: searchPath };
  const forth: Sides = { wanted: from.catalog, present: to.catalog, naming };
  const back: Sides = { wanted: to.catalog, present: from.catalog, naming };
  const [before, after] = [indexByKey(from.catalog), indexByKey(to.catalog)];
  return differences.map((difference) => {
    const { address } = difference;
    const subject = renderSubject(address, naming);
    const sides = { from: from.label, to: to.label };
    const place = {
      address,
      ...(difference.kind === 'unexpected' ? {} : placeIn(from, address)),
      ...(difference.kind === 'missing' ? {} : placeIn(to, rightAddress(difference))),
    };
    if (difference.kind === 'missing') {
      const near =
        difference.renamedTo === undefined ? null : renderAddress(difference.renamedTo, searchPath);
      const sql = isWritten(to) ? '' : renderReturn(difference.left, forth).join('\n');
      return makeFinding(
        'only-in-first',
        { subject, ...sides, near, sql },
        { ...place, aspect: 'existence', ...(near === null ? {} : { found: near }) },
      );
    }
    if (difference.kind === 'unexpected') {
      const sql = isWritten(from) ? '' : renderReturn(difference.right, back).join('\n');
      return makeFinding('only-in-second', { subject, ...sides, sql }, { ...place, aspect: 'existence' });
    }
    const { aspect } = difference;
    const object = before.get(renderAddressKey(address));
    const there = after.get(renderAddressKey(difference.rightAddress));
    const sql =
      object === undefined || there === undefined || isWritten(to)
        ? ''
        : renderAspect(object, aspect, there, forth).join('\n');
    const texts = { declared: difference.left, found: difference.right };
    return makeFinding(
      'different',
      { subject, ...sides, aspect, ...texts, sql },
      {
        ...place,
        aspect,
        ...(texts.declared === null ? {} : { declared: texts.declared }),
        ...(texts.found === null ? {} : { found: texts.found }),
      },
    );
  });
}

/** Models are changed by hand. */
function isWritten({ kind }: DifferingSide): boolean {
  return kind === 'models';
}

function rightAddress(difference: Difference): Address {
  return difference.kind === 'unequal' ? difference.rightAddress : difference.address;
}

/** The line that says it, or that says what holds it; and which migration made it. */
function placeIn({ origin, provenance }: DifferingSide, address: Address): Place {
  const parent = parentOf(address);
  const line =
    origin[renderAddressKey(address)] ?? (parent === null ? undefined : origin[renderAddressKey(parent)]);
  const migration = makerOf(provenance, renderAddressKey(address));
  return {
    ...(line === undefined ? {} : { origin: line }),
    ...(migration === null ? {} : { migration }),
  };
}
