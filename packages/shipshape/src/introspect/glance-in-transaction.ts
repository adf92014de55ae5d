// glanceInTransaction: one look at some tables as an open transaction sees them, made to be made often.
import type { Catalog } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { assembleFacts } from './assemble/facts.ts';
import { makePrepared, type Prepared } from './catalogue-query.ts';
import { findVersion } from './find-version.ts';
import { savepoint } from './frame.ts';
import type { FactRow } from './queries/family.ts';
import { renderNames } from './queries/ours.ts';
import { alike } from './queries/server.ts';
import type { Scope } from './reading.ts';

export interface GlanceScope {
  readonly tableNames: readonly string[];
  /** No others are read, and the locks on tables in them not waited for: printing an index or a default takes one. */
  readonly schemas: readonly string[];
  readonly kinds: NonNullable<Scope['kinds']>;
}

/** Statements that were prepared in a session, by their names. */
const preparedIn = new WeakMap<Session, Set<string>>();

/**
 * Nothing watches over it: what it shows as it should be is so, and what it does not is to be looked at again by
 * `readCatalogInTransaction`. The session has to be one of its own, since statements are prepared in it (SQL's PREPARE).
 */
export async function glanceInTransaction(
  session: Session,
  { tableNames, schemas, kinds }: GlanceScope,
): Promise<Catalog> {
  const known = preparedIn.get(session) ?? new Set();
  preparedIn.set(session, known);
  const prepared = makePrepared(await findVersion(session), kinds);
  const execute = prepared.execute(renderNames(tableNames), renderNames(schemas));
  if (known.has(prepared.name))
    try {
      return await look(session, execute);
    } catch (error) {
      // Somebody has cleared the session: DEALLOCATE ALL, DISCARD ALL.
      if (!(error instanceof DatabaseError) || error.sqlstate !== sqlstates.invalidSqlStatementName)
        throw error;
    }
  // Before it is seen to succeed: a look that fails behind PREPARE (a lock that did not come) leaves it prepared.
  known.add(prepared.name);
  return look(session, execute, prepared);
}

/** The plan is the same for all names, so that it is made once. */
const planOnce = 'SET LOCAL plan_cache_mode = force_generic_plan';

async function look(session: Session, execute: string, first?: Prepared): Promise<Catalog> {
  const { open, close, abandon } = savepoint;
  const prepare = first === undefined ? [] : [first.prepare()];
  try {
    const results = await session.queryAll([open, alike, planOnce, ...prepare, execute, close].join(';\n'));
    // Behind it stand the two that close the savepoint.
    const facts = results.at(-3)?.rows as readonly FactRow[];
    return assembleFacts(facts).catalog;
  } catch (error) {
    // In a transaction that was refused before, it has opened no savepoint: another one of that name is not its own to end.
    const opened = !(error instanceof DatabaseError) || error.completed > 0;
    // That error says more than a failing end would: a lost connection ends everything by itself.
    if (opened) await session.query(abandon).catch(() => undefined);
    throw error;
  }
}
