// Looks until the catalogue stood still during one look, and explains why it never did.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

const looks = 3;

/**
 * `look` gives null when it was torn; it is told how many came before it. XX000 means the same: a thing was gone before its text could be printed.
 * Throws ShipshapeError `catalogue-torn` or `catalogue-unreadable`, verdict *blind*.
 */
export async function insist<Reading>(
  session: Session,
  look: (number: number) => Promise<Reading | null>,
): Promise<Reading> {
  let cause: DatabaseError | undefined;
  for (let count = 0; count < looks; count++) {
    cause = undefined;
    try {
      const reading = await look(count);
      if (reading !== null) return reading;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (error.sqlstate === sqlstates.insufficientPrivilege) throw await explainUnreadable(session, error);
      if (error.sqlstate !== sqlstates.internalError) throw error;
      cause = error;
    }
  }
  const data = { database: (await whereAmI(session)).database, looks, said: cause?.message ?? null };
  throw new ShipshapeError([makeFinding('catalogue-torn', data, { verdict: 'blind' })], { cause });
}

async function explainUnreadable(session: Session, cause: DatabaseError): Promise<ShipshapeError> {
  const data = { ...(await whereAmI(session)), said: cause.message };
  return new ShipshapeError([makeFinding('catalogue-unreadable', data, { verdict: 'blind' })], { cause });
}

async function whereAmI(session: Session): Promise<{ database: string; user: string }> {
  const { rows } = await session.query<{ database: string; user: string }>(
    'SELECT pg_catalog.current_database() AS database, current_user AS user',
  );
  const [here] = rows as readonly [{ database: string; user: string }];
  return here;
}
