// prepare: pending files read by PostgreSQL's parser and judged before the first of them runs.

import type { Statement } from '../postgres/statement.ts';
import { type Finding, ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { refuseStatement } from './refuse-statement.ts';
import { readStatements } from './statements.ts';

export interface Prepared {
  readonly migration: Migration;
  readonly statements: readonly Statement[];
}

/**
 * Throws ShipshapeError with every refused statement of every file (`migration-holds-transaction`,
 * `migration-outside-transaction`), or with the first syntax error (`migration-syntax`).
 */
export async function prepare(migrations: readonly Migration[]): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (const migration of migrations)
    prepared.push({ migration, statements: await readStatements(migration) });
  const [first, ...rest]: readonly Finding[] = prepared.flatMap(({ migration, statements }) =>
    statements.flatMap((statement) => refuseStatement(migration, statement) ?? []),
  );
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return prepared;
}
