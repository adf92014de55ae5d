// prepare: pending files read by PostgreSQL's parser and judged before the first of them runs.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { majorOf } from '../postgres/server-major.ts';
import type { Statement } from '../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { refuseBackfill } from './backfill/refuse-backfill.ts';
import type { Migration, TransactionRule } from './migration.ts';
import { placeOf } from './place.ts';
import { outsideOf, refuseStatement } from './refuse-statement.ts';
import { readStatements } from './statements.ts';

export interface Prepared {
  /** With the rule that it is run by: `each file`, `each statement` or `each batch`. */
  readonly migration: Migration;
  readonly statements: readonly Statement[];
}

/**
 * `serverVersion`: as a session tells it. Throws ShipshapeError with every refused statement of every file
 * (`migration-holds-transaction`, `migration-outside-transaction`, `migration-reads-client`, `migration-requires-newer`, `backfill-unfit`), or with
 * the first syntax error (`migration-syntax`).
 */
export async function prepare(
  migrations: readonly Migration[],
  serverVersion: string,
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (const migration of migrations) {
    prepared.push(byItsRule({ migration, statements: await readStatements(migration) }));
    // The parser waits for nothing; the second connection, which is made meanwhile, waits for a turn.
    await nextTurn();
  }
  const [first, ...rest] = prepared.flatMap((each) => refuse(each, majorOf(serverVersion)));
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return prepared;
}

function byItsRule({ migration, statements }: Prepared): Prepared {
  return { migration: { ...migration, rule: ruleOf(migration, statements) }, statements };
}

/**
 * Another tool's `all files` are run one by one: locks are then held for one file and not for all, what a failure leaves is
 * what runs on two days would have left, and the tool's rows say so. A text `as sent` is one transaction on the server.
 */
function ruleOf({ rule }: Migration, statements: readonly Statement[]): TransactionRule {
  if (rule === 'each batch' || rule === 'each statement') return rule;
  const outside = statements.filter((each) => outsideOf(each) !== null).length;
  if (outside === 0) return 'each file';
  return outside === statements.length || rule === 'as it allows' ? 'each statement' : 'each file';
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
