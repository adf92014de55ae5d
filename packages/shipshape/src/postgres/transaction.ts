// A piece of work in one transaction.
import { DatabaseError } from './database-error.ts';
import type { Session } from './session.ts';

export interface TransactionOptions {
  readonly readOnly?: boolean;
  readonly isolation?: 'read committed' | 'repeatable read';
}

/**
 * Begins, works, commits; rolls back when the work throws, and throws that. A COMMIT that the server answers with
 * ROLLBACK (the work swallowed an error) throws a DatabaseError 25P02: nothing was kept.
 */
export async function transaction<T>(
  session: Session,
  options: TransactionOptions,
  work: () => Promise<T>,
): Promise<T> {
  const isolation = options.isolation === undefined ? '' : ` isolation level ${options.isolation}`;
  await session.query(`begin${isolation}${options.readOnly === true ? ' read only' : ''}`);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // The work's own error says more than a failing rollback: a lost connection rolls back by itself.
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
  const { command } = await session.query('commit');
  if (command === 'ROLLBACK')
    throw new DatabaseError('the transaction was rolled back: a statement in it had failed', {
      sqlstate: '25P02',
    });
  return result;
}
