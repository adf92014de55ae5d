// askRows: what a short look at the rows of a table tells, or that it cannot be told in that time.
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../catalog/index.ts';
import { isConnectionLost } from '../migrate/connection-lost.ts';
import type { Repair } from '../plan/repair/repair.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';

const patienceMs = 2000;
/** More are not counted. */
export const mostRows = 1000;

/** True as well where it cannot be told. */
export async function hasRows(session: Session, schema: string, relation: string): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT FROM ${quoteQualified(schema, relation)}) AS answer`;
  return (await ask<boolean>(session, text)) ?? true;
}

/** How many rows a query finds, at most one more than `mostRows`; null where it cannot be told in that time. */
export function countRows(session: Session, query: string): Promise<number | null> {
  return ask<number>(
    session,
    `SELECT count(*)::int AS answer FROM (SELECT FROM (${query}) found LIMIT ${mostRows + 1}) counted`,
  );
}

/**
 * Told by an empty copy in a transaction that is rolled back: PostgreSQL gives a table another file when it writes it anew.
 * A role that may make no temporary table is told `unknown`.
 */
export async function isWrittenAnew(
  session: Session,
  { object, onCopy }: Repair,
): Promise<'yes' | 'no' | 'unknown'> {
  if (onCopy.length === 0 || !('table' in object)) return 'no';
  const copy = quoteQualified('pg_temp', object.table);
  const file = `pg_relation_filenode(${quoteLiteral(copy)})`;
  await session.query(
    `BEGIN; SET LOCAL lock_timeout = ${patienceMs}; SET LOCAL statement_timeout = ${patienceMs}`,
  );
  try {
    await session.query(
      `CREATE TEMP TABLE ${quoteIdentifier(object.table)} (LIKE ${quoteQualified(object.schema, object.table)})`,
    );
    const { rows: before } = await session.query<{ file: number }>(`SELECT ${file} AS file`);
    for (const statement of onCopy) await session.query(statement);
    const { rows: after } = await session.query<{ file: number }>(`SELECT ${file} AS file`);
    return before[0]?.file === after[0]?.file ? 'no' : 'yes';
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error)) throw error;
    return 'unknown';
  } finally {
    await session.query('ROLLBACK');
  }
}

/** With row security off a role that may not see all rows is refused, in place of an answer about some of them. */
async function ask<Answer>(session: Session, text: string): Promise<Answer | null> {
  await session.query(
    `BEGIN READ ONLY; SET LOCAL row_security = off;
     SET LOCAL lock_timeout = ${patienceMs}; SET LOCAL statement_timeout = ${patienceMs}`,
  );
  try {
    const { rows } = await session.query<{ answer: Answer }>(text);
    return rows[0]?.answer ?? null;
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error)) throw error;
    return null;
  } finally {
    await session.query('ROLLBACK');
  }
}
