// Prepared: a pending file, read and judged.
import type { Migration } from './migration.ts';
import type { ParsedStatement, ToldStatement } from './told-statement.ts';

export type Prepared = PreparedFile | PreparedParts;

/** One transaction. */
export interface PreparedFile {
  readonly by: 'file';
  readonly migration: Migration;
  readonly statements: readonly ToldStatement[];
  /** The same; null where they were read by the parser long before. */
  readonly parsed: readonly ParsedStatement[] | null;
}

/** Under the rule `each statement` or `each batch`. */
export interface PreparedParts {
  readonly by: 'parts';
  readonly migration: Migration;
  readonly statements: readonly ParsedStatement[];
}
