// judgeHistory: may anything be applied on top of what the ledger says?
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { History, Migration } from '../migrate/migration.ts';
import type { Finding } from '../report/index.ts';

/** A history that disagrees is not built upon: whatever is said of it is an error here. */
export function judgeHistory(history: History, migrations: readonly Migration[]): readonly Finding[] {
  const ledger = history.ledgerFound ? history.applied : null;
  return diagnoseTampering(ledger, migrations).map((finding) =>
    // Applied now, it would run on a schema that it was not written for, and that no proof has seen.
    finding.severity === 'warning' ? { ...finding, severity: 'error' as const } : finding,
  );
}
