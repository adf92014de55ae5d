// Creation: one statement of those that build a catalog from nothing.
import type { Address } from '../catalog/index.ts';

export interface Creation {
  /** What the statement is for. */
  readonly address: Address;
  /** Without a semicolon. */
  readonly sql: string;
}
