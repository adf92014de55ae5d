// runFile: one migration on a scratch database, by the rule of the tool it belongs to.
import { locateFailure } from '../migrate/locate-failure.ts';
import type { Migration, Piece, TransactionRule } from '../migrate/migration.ts';
import { displayPath, placeOf } from '../migrate/place.ts';
import { forbidsTransaction } from '../migrate/refuse-statement.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import { parseStatements } from '../postgres/parse-statements.ts';
import type { Session } from '../postgres/session.ts';
import { transaction } from '../postgres/transaction.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

/**
 * Under `all files` the caller has begun the transaction and ends it. Throws ShipshapeError `migration-does-not-apply`,
 * whose cause is the DatabaseError.
 */
export async function runFile(
  migration: Migration,
  session: Session,
  rule: TransactionRule,
  orphans: readonly Migration[],
): Promise<void> {
  const pieces = migration.pieces ?? [{ text: migration.sql, line: 1 }];
  const act = await actOf(rule, migration);
  const send = async () => {
    for (const piece of act === 'each statement' ? await cut(pieces) : pieces)
      await sendPiece(piece, migration, session, orphans);
  };
  if (act !== 'each file') return send();
  try {
    await transaction(session, {}, send);
  } catch (error) {
    // A deferred constraint that speaks at COMMIT.
    throw error instanceof DatabaseError ? refused(migration, null, error, orphans) : error;
  }
}

async function actOf(
  rule: TransactionRule,
  { sql }: Migration,
): Promise<'each file' | 'each statement' | 'as sent'> {
  if (rule === 'each file' || rule === 'each statement') return rule;
  if (rule !== 'as it allows') return 'as sent';
  const statements = await parseStatements(sql);
  // What the parser does not understand is left to the server.
  if ('message' in statements) return 'as sent';
  return statements.some((each) => forbidsTransaction(each) !== null) ? 'each statement' : 'as sent';
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
