// Seals: what servers said of the tables of a need when it was proved, so that a start need not judge them again.
import type { Coverage } from '../need/shortfall.ts';

/** A table or view that the need asks for. */
export interface Seal {
  readonly kind: 'table' | 'view' | 'materialized view';
  readonly schema: string;
  readonly name: string;
  /** What a server makes of all in it that a need is judged by. */
  readonly seal: string;
}

/** What a server says of all its tables and views. */
export interface SealedCatalog {
  readonly searchPath: readonly string[];
  /** One word for all enums and domains. */
  readonly types: string;
  readonly relations: readonly Seal[];
}

/** Only for a need that lacks nothing in the catalog beside it: where a server says the same, it lacks nothing there. */
export interface Seals extends SealedCatalog {
  /** What is compared then. */
  readonly coverage: Coverage;
}
