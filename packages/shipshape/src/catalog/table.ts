// Schemas, tables and their columns. A property that is left out has the value that PostgreSQL gives unasked.
import type { SequenceOptions } from './sequence.ts';

export interface Schema {
  readonly kind: 'schema';
  readonly schema: string;
}

/** A table by its complete name. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** An ordinary, partitioned or foreign table, or a partition. */
export interface Table {
  readonly kind: 'table';
  readonly schema: string;
  readonly name: string;
  /** How rows are spread over partitions, as `pg_get_partkeydef` prints it: `RANGE (created_at)`. */
  readonly partitionBy?: string;
  /** Whose partition it is; `bound` as `pg_get_expr` prints it: `FOR VALUES IN ('a')`. */
  readonly partitionOf?: TableName & { readonly bound: string };
  /** Tables it inherits from, in order (manual 5.11). */
  readonly inherits?: readonly TableName[];
  /** `forced`: the owner's rows are policed as well (manual 5.9). */
  readonly rowSecurity?: 'enabled' | 'forced';
  readonly unlogged?: true;
  /** The server of a foreign table. */
  readonly foreignServer?: string;
}

export interface Column {
  readonly kind: 'column';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  /** As `format_type` prints it: `character varying(32)`. */
  readonly type: string;
  readonly nullable: boolean;
  /** As `pg_get_expr` prints it, or null when there is none. */
  readonly default: string | null;
  readonly identity: 'always' | 'by default' | null;
  /** The expression of a generated column, or null. */
  readonly generated: string | null;
  /** Computed when it is read, not when it is written (PostgreSQL 18). */
  readonly virtual?: true;
  /** As SQL, where it is not the type's own. */
  readonly collation?: string;
  /** Of the sequence that the column owns and is filled from (serial, identity), where they are not the usual ones. */
  readonly sequence?: SequenceOptions;
  /** From 1, among the columns that are left. Where it stands is nobody's need, and is not compared. */
  readonly position?: number;
}

/** A column that an insert must name: NOT NULL, and nothing fills it by itself. */
export function isRequired(column: Column): boolean {
  return !column.nullable && column.default === null && column.identity === null && column.generated === null;
}
