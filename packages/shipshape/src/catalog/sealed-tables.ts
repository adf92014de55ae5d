// SealedTables: some tables, and one word that a server made of all they consist of.

/** Tables, columns, keys, checks, indexes and columns' sequences: of one word on two servers of a major version, they are the same. */
export interface SealedTables {
  /** That the tables are looked up in, by name. */
  readonly schemas: readonly string[];
  /** Those that are not there count as well. */
  readonly tables: readonly string[];
  readonly seal: string;
}
