// judgeHistory: may anything be applied on top of what the ledger says?
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { History, Migration } from '../migrate/migration.ts';
import type { Finding } from '../report/index.ts';

/**
 * A history that disagrees is not built upon. What is only worth a warning to who compares is an error to who applies:
 * a migration that was skipped would now run on a schema that it was not written for.
 */
export function judgeHistory(history: History, migrations: readonly Migration[]): readonly Finding[] {
  const ledger = history.ledgerFound ? history.applied : null;
  return diagnoseTampering(ledger, migrations).map((finding) =>
    finding.severity === 'warning' ? { ...finding, severity: 'error' } : finding,
  );
}
