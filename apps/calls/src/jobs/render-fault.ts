// Says what went wrong without the values that were at hand: a query's parameters may be a number or a transcript.
import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describeFault } from '../db/describe-fault.ts';

/** `UndefinedColumn` is what operators look for in the log when a migration was forgotten. */
const words = {
  schema: 'UndefinedColumn or table: the schema lacks what this release needs',
  unreachable: 'the database cannot be reached',
  other: 'the database refused',
} as const;

/** The message of an error; of one from the database its SQLSTATE and names, never statement or parameters. */
export function renderFault(error: unknown): string {
  if (error instanceof DrizzleQueryError || error instanceof pg.DatabaseError) {
    const fault = describeFault(error);
    if (!fault) return 'a query failed';
    return [words[fault.kind], fault.detail, `SQLSTATE ${fault.code}`]
      .filter((part) => part !== null)
      .join(', ');
  }
  if (!(error instanceof Error)) return 'a fault without a reason';
  // fetch hides why it failed behind "fetch failed".
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
