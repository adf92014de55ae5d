// prepare: pending files read by PostgreSQL's parser and judged before the first of them runs.
import { majorOf } from '../postgres/server-major.ts';
import type { Statement } from '../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { refuseBackfill } from './backfill/refuse-backfill.ts';
import type { Migration } from './migration.ts';
import { placeOf } from './place.ts';
import { outsideOf, refuseStatement } from './refuse-statement.ts';
import { readStatements } from './statements.ts';

export interface Prepared {
  /** With the rule that it is run by: `each statement` also where no header says so, since no statement can run otherwise. */
  readonly migration: Migration;
  readonly statements: readonly Statement[];
}

/**
 * `serverVersion`: as a session tells it. Throws ShipshapeError with every refused statement of every file
 * (`migration-holds-transaction`, `migration-outside-transaction`, `migration-requires-newer`, `backfill-unfit`), or with
 * the first syntax error (`migration-syntax`).
 */
export async function prepare(
  migrations: readonly Migration[],
  serverVersion: string,
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (const migration of migrations)
    prepared.push(byItsRule({ migration, statements: await readStatements(migration) }));
  const [first, ...rest] = prepared.flatMap((each) => refuse(each, majorOf(serverVersion)));
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return prepared;
}

function byItsRule({ migration, statements }: Prepared): Prepared {
  const allOutside = statements.length > 0 && statements.every((each) => outsideOf(each) !== null);
  return migration.rule === 'each file' && allOutside
    ? { migration: { ...migration, rule: 'each statement' }, statements }
    : { migration, statements };
}

function refuse({ migration, statements }: Prepared, major: number | null): readonly Finding[] {
  if (migration.rule === 'each batch')
    return [...requires(migration, major), ...refuseBackfill(migration, statements)];
  const apart = migration.rule === 'each statement';
  return [
    ...requires(migration, major),
    ...statements.flatMap((statement) => refuseStatement(migration, statement, apart) ?? []),
  ];
}

/** A server that does not say what it is will tell at the statement that it cannot. */
function requires(migration: Migration, major: number | null): readonly Finding[] {
  const wanted = migration.header?.requires ?? null;
  if (wanted === null || major === null || major >= wanted) return [];
  const data = { migration: migration.id, wanted, found: major };
  return [makeFinding('migration-requires-newer', data, placeOf(migration, null))];
}
