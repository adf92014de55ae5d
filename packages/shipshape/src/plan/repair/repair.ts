// Repair: how one thing is brought back on a database that is in use.
import type { CatalogObject } from '../../catalog/index.ts';
import type { Block } from '../block.ts';

/** What in the rows that are there may keep a thing from coming back. */
export interface Doubt {
  readonly about: 'nulls' | 'duplicates' | 'orphans' | 'forbidden rows' | 'unfit values';
  /** Finds the rows in the way; no semicolon. */
  readonly query: string;
}

export interface Repair {
  /** What is to be there again: as it was made. */
  readonly object: CatalogObject;
  /** Its statements, without semicolons, and what they rest on. */
  readonly block: Block;
  /** Each statement commits by itself: one of them cannot be in a transaction, or waits for all rows without a strong lock. */
  readonly apart: boolean;
  /** It makes what nobody uses yet: one transaction serves for all that are made one after the other. */
  readonly fresh: boolean;
  /** What has to be known before it is run. */
  readonly remarks: readonly string[];
  /** All rows are gone through under the lock that a statement takes. */
  readonly long: boolean;
  /** The same on a copy of its table in `pg_temp`, where that can tell whether all rows are written anew; empty where it is known. */
  readonly onCopy: readonly string[];
  readonly doubts: readonly Doubt[];
  /** Why it cannot be brought back at all on a table that has rows; null where nothing speaks against it. */
  readonly stuck: 'required column' | null;
}

/** What is left to a person: lines to be pasted, with remarks that begin with `--`. */
export interface ByHand {
  readonly lines: readonly string[];
  readonly because: string;
}

/** What has to be known of the database beside its catalog. */
export interface Facts {
  readonly major: number;
  /** True as well where it could not be found out. */
  readonly hasRows: (schema: string, relation: string) => boolean;
}

export function isByHand(way: Repair | ByHand): way is ByHand {
  return 'lines' in way;
}

/** Everything but the object and its statements has the value that it mostly has. */
export function makeRepair(
  object: CatalogObject,
  block: Block,
  rest: Partial<Omit<Repair, 'object' | 'block'>> = {},
): Repair {
  return { ...plain, object, block, ...rest };
}

const plain = {
  apart: false,
  fresh: false,
  remarks: [],
  long: false,
  onCopy: [],
  doubts: [],
  stuck: null,
} as const;
