// Ground: the two catalogs of a repair, and what is known of the tables in them.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  fingerprint,
  renderAddressKey,
} from '../../catalog/index.ts';
import { complete } from '../../ddl/index.ts';
import { holdingOf } from '../holding.ts';
import type { Sides } from '../sides.ts';
import type { Facts } from './repair.ts';

export interface Ground {
  /** `wanted`: what applied migrations made. Every name is complete: nothing depends on a search path. */
  readonly sides: Sides;
  readonly facts: Facts;
}

export function makeGround(made: Catalog, live: Catalog, facts: Facts): Ground {
  return { sides: { wanted: made, present: live, naming: complete }, facts };
}

/** Rows are spread over partitions: no index of it is built concurrently. */
export function isPartitioned({ sides }: Ground, schema: string, table: string): boolean {
  return holdingOf(sides.present).tableAt(schema, table)?.partitionBy !== undefined;
}

/** Of what stands in for a thing while that is made anew; the same in every plan for it. */
export function temporaryName(object: CatalogObject): string {
  return `shipshape_${fingerprint(renderAddressKey(addressOf(object))).slice('sha256:'.length, 'sha256:'.length + 8)}`;
}

/** Whether it is one of these, of something that a migration made. */
export function isTemporaryName(name: string, { sides }: Ground): boolean {
  if (!/^shipshape_[0-9a-f]{8}$/.test(name)) return false;
  return sides.wanted.objects.some((each) => temporaryName(each) === name);
}

/** As they are pasted, to as they are sent. */
export function unended(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/;$/, ''));
}

/** A person has to know something before these are run. */
export function hasRemark(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith('--'));
}
