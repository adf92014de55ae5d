// What a database error is, told without the statement and its values: these may hold phone numbers.

import pg from 'pg';

export interface DatabaseFault {
  /** `schema`: a column or table that the code needs is not there. `unreachable`: no answer, or no more. */
  readonly kind: 'schema' | 'unreachable' | 'other';
  /** SQLSTATE (PostgreSQL manual, appendix A), or Node's code when the server was not reached. */
  readonly code: string;
  /** Names only: the message of a schema fault, the constraint of a violation. */
  readonly detail: string | null;
}

/** 42703 undefined_column, 42P01 undefined_table. */
const SCHEMA = new Set(['42703', '42P01']);
/** 08 connection exception, 57P01-57P03 shut down or starting, 53300 too many connections. */
const UNREACHABLE = /^(08...|57P0[1-3]|53300|ECONN\w+|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;
/** node-postgres gives these without a code. */
const LOST =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/** Null when the error does not come from the database. Looks through the wrappers that Drizzle puts around it. */
export function describeFault(error: unknown): DatabaseFault | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (UNREACHABLE.test(code)) return { kind: 'unreachable', code, detail: null };
    if (LOST.test(cause.message)) return { kind: 'unreachable', code: 'lost', detail: null };
    if (!(cause instanceof pg.DatabaseError)) continue;
    if (SCHEMA.has(code)) return { kind: 'schema', code, detail: cause.message };
    return { kind: 'other', code, detail: cause.constraint ?? null };
  }
  return null;
}
