// told: each difference as one line.
import { type Catalog, renderAddressKey, type Silence } from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import type { Difference } from '../../src/compare/difference.ts';

export function told(left: Catalog, right: Catalog, silence: readonly Silence[] = []): readonly string[] {
  return compare(left, right, { silence }).map(renderDifference);
}

export function renderDifference(difference: Difference): string {
  const where = renderAddressKey(difference.address);
  if (difference.kind === 'unequal')
    return `${where} ${difference.aspect}: ${difference.left} / ${difference.right}`;
  if (difference.kind === 'unexpected') return `${where} unexpected`;
  const { renamedTo } = difference;
  return `${where} missing${renamedTo === undefined ? '' : `, renamed to ${renderAddressKey(renamedTo)}`}`;
}
