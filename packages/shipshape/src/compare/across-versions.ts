// acrossVersions: which differences say something of what was made, where two servers of different versions print it.
import { type Catalog, indexByKey, renderAddressKey } from '../catalog/index.ts';
import { aspectsOf } from './aspects.ts';
import type { Difference } from './difference.ts';

export interface AcrossVersions<Kept extends Difference> {
  readonly told: readonly Kept[];
  /** Two texts, of which nobody knows whether they mean one thing. */
  readonly unsaid: readonly Kept[];
}

/**
 * `majors`: of the servers that printed `left` and `right`. An expression and a query are printed from what the server has
 * understood, and each major version has its own way: where the majors differ, two texts say nothing. A text that is
 * missing on one side does.
 */
export function acrossVersions<Kept extends Difference>(
  differences: readonly Kept[],
  [left, right]: readonly [Catalog, Catalog],
  [one, other]: readonly [left: number, right: number],
): AcrossVersions<Kept> {
  if (one === other || differences.length === 0) return { told: differences, unsaid: [] };
  const [before, after] = [indexByKey(left), indexByKey(right)];
  const isText = (difference: Difference): boolean => {
    if (difference.kind !== 'unequal' || difference.left === null || difference.right === null) return false;
    const sides = [
      before.get(renderAddressKey(difference.address)),
      after.get(renderAddressKey(difference.rightAddress)),
    ];
    return sides.every(
      (object) =>
        object !== undefined &&
        aspectsOf(object.kind)
          .find(({ name }) => name === difference.aspect)
          ?.printed?.(object) === true,
    );
  };
  return {
    told: differences.filter((each) => !isText(each)),
    unsaid: differences.filter(isText),
  };
}

/** Which version an extension has is a matter of what is installed on the server, not of what ran in a database. */
export function withoutInstalled<Kept extends Difference>(differences: readonly Kept[]): readonly Kept[] {
  return differences.filter(
    (each) => each.kind !== 'unequal' || each.address.kind !== 'extension' || each.aspect !== 'version',
  );
}
