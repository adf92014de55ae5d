// judgeHistory: may anything be applied on top of what the ledger says?
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { History, Migration } from '../migrate/migration.ts';
import type { Finding } from '../report/index.ts';

/** A history that disagrees is not built upon: whatever is said of it is an error here. */
export function judgeHistory(history: History, migrations: readonly Migration[]): readonly Finding[] {
  const ledger = history.ledgerFound ? history.applied : null;
  return diagnoseTampering(ledger, migrations).map((finding) =>
    finding.code === 'history-skipped' ? refuseSkipped(finding) : finding,
  );
}

/**
 * Only a warning to who compares; applied now, it would run on a schema that it was not written for, and that no proof
 * has seen.
 */
function refuseSkipped(finding: Finding): Finding {
  const id = finding.migration ?? '';
  const act = `give ${id} the next free number, so that it comes after what is applied: git mv ${id}.sql …`;
  return { ...finding, severity: 'error', do: act };
}
