// judgeHistory: may anything be applied on top of what the ledger says?
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { History, Migration } from '../migrate/migration.ts';
import type { Finding } from '../report/index.ts';

/**
 * A history that disagrees is not built upon: whatever is said of it is an error here, save that a migration which was
 * passed over may be allowed (`outOfOrder`). Applied now, it runs on a schema that it was not written for and that no proof has seen.
 */
export function judgeHistory(
  history: History,
  migrations: readonly Migration[],
  outOfOrder: boolean,
): readonly Finding[] {
  const ledger = history.ledgerFound ? history.applied : null;
  return diagnoseTampering(ledger, migrations).map((finding) => {
    if (finding.code !== 'history-skipped') return finding;
    return outOfOrder ? finding : { ...finding, severity: 'error', do: `${finding.do}; or ${allow}` };
  });
}

const allow = 'npx shipshape migrate --allow-out-of-order, where the two do not touch each other';
