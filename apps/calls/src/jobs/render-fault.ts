// Says what went wrong without the values that were at hand: a query's parameters may be a number or a transcript.
import { DrizzleQueryError } from 'drizzle-orm';

/** The message of an error; of a failed query the database's own, with its SQLSTATE, and never statement or parameters. */
export function renderFault(error: unknown): string {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof Error)) return 'a fault without a reason';
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  // fetch hides why it failed behind "fetch failed".
  const deeper = cause.cause instanceof Error ? `: ${cause.cause.message}` : '';
  return `${cause.message}${deeper}${code}`;
}
