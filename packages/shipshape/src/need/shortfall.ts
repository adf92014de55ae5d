// Shortfall: one thing that a need asks for and a catalog does not give.
import type { Address, Origin } from '../catalog/index.ts';
import type { NotCompared, Severity } from '../report/index.ts';

export type ShortfallReason =
  | 'missing table'
  | 'outside search path'
  | 'no privilege'
  | 'missing column'
  | 'type broken'
  | 'type narrower'
  | 'null where none is expected'
  | 'null is refused'
  | 'explicit null is refused'
  | 'value is refused'
  | 'nothing fills it'
  | 'default differs'
  | 'required column unknown'
  | 'missing unique key'
  | 'no arbiter'
  | 'missing enum'
  | 'missing label';

/** A right that the connected role lacks: on these columns, or on the whole. */
export interface Lacking {
  readonly right: 'select' | 'insert' | 'update' | 'delete';
  readonly columns: readonly string[] | null;
}

export interface Shortfall {
  readonly reason: ShortfallReason;
  readonly severity: Severity;
  /** Of the thing in the declared schema, or (unknown required column) in the live one. */
  readonly address: Address;
  /** `existence`, or the aspect's name. */
  readonly aspect: string;
  readonly declared: string | null;
  /** What the database has in its place; for a missing thing the similar name that it may be mapped to. */
  readonly found: string | null;
  /** What PostgreSQL answers when the code meets it: `42703`; null when it answers nothing and the value is wrong. */
  readonly sqlstate: string | null;
  /** What the two types do to values, where the reason alone does not say it. */
  readonly because: string | null;
  readonly origin: Origin | null;
  /** Of a missing privilege on a table. */
  readonly lacking?: readonly Lacking[];
}

/** What was found on both sides and compared: a missing table counts nowhere, nor do its columns. */
export interface Coverage {
  readonly tables: number;
  /** Left out where there is none. */
  readonly views?: number;
  readonly columns: number;
  readonly uniqueKeys: number;
  readonly enums: number;
  readonly notCompared?: readonly NotCompared[];
}
