// TableAccess: what a role may do with the rows of a table or view.

/** Columns of a table that has no such right as a whole. */
interface ColumnAccess {
  readonly select: readonly string[];
  readonly insert: readonly string[];
  readonly update: readonly string[];
}

/** What the connected role may do with the rows of a table or view. */
export interface TableAccess {
  /** On the table's schema. */
  readonly usage: boolean;
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  /** Left out where no column has a right that the whole has not. */
  readonly columns?: ColumnAccess;
}
