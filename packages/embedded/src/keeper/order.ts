// What a keeper is asked to do, and what it answers.
import type { EmbeddedError } from '../embedded-error.ts';
import type { Account } from '../system/account.ts';

export interface ScratchOrder {
  readonly kind: 'scratch';
  /** It makes its folder in the first, and clears away what others left in any. */
  readonly places: readonly string[];
  readonly bin: string;
  readonly template: string;
  /** The version of the binaries. */
  readonly major: number;
  readonly account: Account | null;
  readonly settings: Readonly<Record<string, string>>;
}

export interface KeptOrder {
  readonly kind: 'kept';
  /** The folder of the project's database. */
  readonly folder: string;
  readonly bin: string;
  readonly account: Account | null;
}

export type Order = ScratchOrder | KeptOrder;

export type Answer =
  | { readonly state: 'ready'; readonly folder: string }
  /** Another keeper serves the same folder. */
  | { readonly state: 'elsewhere' }
  | { readonly state: 'failed'; readonly error: Pick<EmbeddedError, 'code' | 'message' | 'because' | 'do'> };
