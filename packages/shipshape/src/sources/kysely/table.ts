// A table as a Database interface has it: what the types of its columns say.
import type { Origin } from '../../catalog/index.ts';

export interface TypedColumn {
  readonly name: string;
  /** Null where the type says nothing about it: `any`, or JSON, which has a null of its own. */
  readonly nullable: boolean | null;
  /** Whether inserts may leave out what is not null, or must: `Generated`, `GeneratedAlways`, `ColumnType<…>`. */
  readonly filled: boolean;
  readonly origin: Origin | null;
}

export interface TypedTable {
  /** As Kysely is given it: `users`, `auth.users`. */
  readonly name: string;
  readonly columns: readonly TypedColumn[];
  readonly origin: Origin | null;
}
