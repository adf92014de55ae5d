// missingExtension: the extension that a server does not have, where that is why it refused a statement.
import type { DatabaseError } from './database-error.ts';

/** From PostgreSQL 15 on it says so itself (0A000); before, that the control file is not there (58P01). */
export function missingExtension({ sqlstate, message }: DatabaseError): string | null {
  const said =
    sqlstate === '0A000'
      ? /^extension "(.+)" is not available$/.exec(message)
      : sqlstate === '58P01'
        ? /^could not open extension control file ".*?([^/]+)\.control"/.exec(message)
        : null;
  return said?.[1] ?? null;
}
