// Shortfall: one thing that a need asks for and a catalog does not give.
import type { Address, Origin } from '../catalog/index.ts';
import type { Severity } from '../report/index.ts';

export type ShortfallReason =
  | 'missing table'
  | 'outside search path'
  | 'no privilege'
  | 'missing column'
  | 'type broken'
  | 'type narrower'
  | 'null where none is expected'
  | 'null is refused'
  | 'nothing fills it'
  | 'default differs'
  | 'required column unknown'
  | 'missing unique key'
  | 'missing enum'
  | 'missing label';

export interface Shortfall {
  readonly reason: ShortfallReason;
  readonly severity: Severity;
  /** Of the thing in the declared schema, or (unknown required column) in the live one. */
  readonly address: Address;
  /** `existence`, or the aspect's name. */
  readonly aspect: string;
  readonly declared: string | null;
  readonly found: string | null;
  /** What PostgreSQL answers when the code meets it: `42703`. */
  readonly sqlstate: string | null;
  readonly origin: Origin | null;
}

/** What was judged, counted from what was really compared. */
export interface Coverage {
  readonly tables: number;
  readonly columns: number;
  readonly uniqueKeys: number;
  readonly enums: number;
}
