// runFile: one migration on a scratch database, by the rule of the tool it belongs to.
import { locateFailure } from '../migrate/locate-failure.ts';
import type { Migration, Piece, TransactionRule } from '../migrate/migration.ts';
import { displayPath, displayPlace, placeOf } from '../migrate/place.ts';
import { readStatements } from '../migrate/statements.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import { missingExtension } from '../postgres/missing-extension.ts';
import { parseStatements } from '../postgres/parse-statements.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { transaction } from '../postgres/transaction.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { runBackfill } from './run-backfill.ts';

/**
 * Under `all files` the caller has begun the transaction and ends it. Throws ShipshapeError `migration-does-not-apply`,
 * whose cause is the DatabaseError, and for a backfill `backfill-unfit` and `backfill-not-repeatable`.
 */
export async function runFile(
  migration: Migration,
  session: Session,
  rule: TransactionRule,
  orphans: readonly Migration[],
): Promise<void> {
  const pieces = migration.pieces ?? [{ text: migration.sql, line: 1 }];
  const send = async (parts: readonly Piece[]) => {
    for (const piece of parts) await sendPiece(piece, migration, session, orphans);
  };
  if (rule === 'each batch')
    return runInTransaction(migration, session, orphans, () => sendBackfill(migration, session, orphans));
  if (rule === 'each statement') return send(await cut(pieces));
  if (rule === 'each file') return runInTransaction(migration, session, orphans, () => send(pieces));
  try {
    await send(pieces);
  } catch (error) {
    if (rule !== 'as it allows' || !isForTheTransaction(error)) throw error;
    await session.query('ROLLBACK');
    await send(await cut(pieces));
  }
}

async function runInTransaction(
  migration: Migration,
  session: Session,
  orphans: readonly Migration[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await transaction(session, {}, work);
  } catch (error) {
    // A deferred constraint that speaks at COMMIT.
    throw error instanceof DatabaseError ? refused(migration, null, error, orphans) : error;
  }
}

/** What the server refused for no other reason than that it stood in a transaction with other statements. */
export function isForTheTransaction(error: unknown): boolean {
  if (!(error instanceof ShipshapeError) || !(error.cause instanceof DatabaseError)) return false;
  const { sqlstate } = error.cause;
  return sqlstate === sqlstates.activeSqlTransaction || sqlstate === sqlstates.unsafeNewEnumValueUsage;
}

async function cut(pieces: readonly Piece[]): Promise<readonly Piece[]> {
  const parts = await Promise.all(
    pieces.map(async (piece) => {
      const statements = await parseStatements(piece.text);
      if ('message' in statements) return [piece];
      return statements.map(({ text, line }) => ({ text, line: piece.line + line - 1 }));
    }),
  );
  return parts.flat();
}

async function sendPiece(
  piece: Piece,
  migration: Migration,
  session: Session,
  orphans: readonly Migration[],
): Promise<void> {
  try {
    await session.query(piece.text);
  } catch (error) {
    throw error instanceof DatabaseError ? await refusedIn(piece, migration, error, orphans) : error;
  }
}

async function sendBackfill(
  migration: Migration,
  session: Session,
  orphans: readonly Migration[],
): Promise<void> {
  const [statement] = await readStatements(migration);
  if (statement === undefined) return;
  try {
    await runBackfill(migration, statement, session);
  } catch (error) {
    throw error instanceof DatabaseError ? await refusedIn(statement, migration, error, orphans) : error;
  }
}

async function refusedIn(
  piece: Piece,
  migration: Migration,
  error: DatabaseError,
  orphans: readonly Migration[],
): Promise<ShipshapeError> {
  const { line, foreign } = await locateFailure(piece, error);
  return refused(migration, line, error, orphans, foreign);
}

function refused(
  migration: Migration,
  line: number | null,
  error: DatabaseError,
  orphans: readonly Migration[],
  foreign: Awaited<ReturnType<typeof locateFailure>>['foreign'] = null,
): ShipshapeError {
  const extension = missingExtension(error);
  if (extension !== null) {
    const data = { place: displayPlace(migration, line), extension };
    const finding = makeFinding('extension-not-available', data, placeOf(migration, line));
    return new ShipshapeError([finding], { cause: error });
  }
  const data = {
    file: displayPath(migration.file),
    line,
    sqlstate: error.sqlstate,
    message: error.message,
    foreign,
    orphans: orphans.map(({ file }) => displayPath(file)),
  };
  const finding = makeFinding('migration-does-not-apply', data, placeOf(migration, line));
  return new ShipshapeError([finding], { cause: error });
}
