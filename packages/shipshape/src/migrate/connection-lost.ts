// isConnectionLost: the connection is gone, so what was under way on it was rolled back, or (COMMIT) is not known.
import { DatabaseError } from '../postgres/database-error.ts';
import { ShipshapeError } from '../report/index.ts';

/** SQLSTATE classes 08 and 57P (manual appendix A), and a connection that ended without a word. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|57P)/.test(error.sqlstate);
  return (
    error instanceof ShipshapeError && error.findings.some((finding) => finding.code === 'connection-lost')
  );
}
