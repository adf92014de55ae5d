// Block: the statements that create one thing, with the names that come with it.
import type { Address } from '../catalog/index.ts';

/** A schema and the name of something in it, neither quoted. */
export type QualifiedName = readonly [schema: string, name: string];

export interface Block {
  readonly address: Address;
  /** In order, without semicolons. */
  readonly statements: readonly string[];
  /** What can be named once the block has run. */
  readonly makes: readonly QualifiedName[];
  /** SQL in which other things are named that have to be there before: the statements, where nothing else is said. */
  readonly mentions?: string;
  /** Of this table it makes a key or a unique index: what GROUP BY and ON CONFLICT rest on (manual 7.2.3). */
  readonly keyOf?: QualifiedName;
  /** Comes after every key of the tables that it mentions, or of these. */
  readonly afterKeys?: 'mentioned' | readonly QualifiedName[];
}
