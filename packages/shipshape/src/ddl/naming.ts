// Naming: how the SQL of one thing names it.
import { quoteIdentifier, quoteQualified } from '../catalog/index.ts';

export interface Naming {
  /** Schemas whose names are left out, since the search path leads there. */
  readonly hidden: readonly string[];
  /** SQL that may also run where the thing is already there. */
  readonly repeatable?: boolean;
}

/** Every name with its schema. */
export const complete: Naming = { hidden: [] };

/** The name of something in a schema, as SQL. */
export function renderName(schema: string, name: string, { hidden }: Naming): string {
  return hidden.includes(schema) ? quoteIdentifier(name) : quoteQualified(schema, name);
}
