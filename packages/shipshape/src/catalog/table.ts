// Schemas, tables and their columns.

export interface Schema {
  readonly kind: 'schema';
  readonly schema: string;
}

export interface Table {
  readonly kind: 'table';
  readonly schema: string;
  readonly name: string;
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
}

/** A column that an insert must name: NOT NULL, and nothing fills it by itself. */
export function isRequired(column: Column): boolean {
  return !column.nullable && column.default === null && column.identity === null && column.generated === null;
}
