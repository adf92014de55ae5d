// judgeHistory: may anything be applied on top of what the ledger says?
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { ForeignLedger } from '../migrate/ledgers/foreign-ledger.ts';
import type { History, Migration } from '../migrate/migration.ts';
import { type Finding, makeFinding } from '../report/index.ts';

/**
 * A history that disagrees is not built upon: whatever is said of it is an error here, save that a migration which was
 * passed over may be allowed (`outOfOrder`). Applied now, it runs on a schema that it was not written for and that no proof has seen.
 */
export function judgeHistory(
  history: History,
  migrations: readonly Migration[],
  outOfOrder: boolean,
): readonly Finding[] {
  if (history.foreign !== null) return judgeForeign(history.foreign, history, migrations, outOfOrder);
  const ledger = history.ledgerFound ? history.applied : null;
  return diagnoseTampering(ledger, migrations).map((finding) => {
    if (finding.code !== 'history-skipped') return finding;
    return outOfOrder ? finding : { ...finding, severity: 'error', do: `${finding.do}; or ${allow}` };
  });
}

/** What the folder itself shows, of which the ledger says what comes of it here. */
export function asRemark(finding: Finding): Finding {
  return finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
}

const allow = 'npx shipshape migrate --allow-out-of-order, where the two do not touch each other';

/**
 * What the tool squashed or renamed is its own business, and it goes on where a file was edited: that is said. What it has
 * failed in or passed over is not gone past in silence.
 */
function judgeForeign(
  { tool, table, hindered, edited }: ForeignLedger,
  { applied, pending, ledgerFound }: History,
  migrations: readonly Migration[],
  outOfOrder: boolean,
): readonly Finding[] {
  const findings: Finding[] = applied
    .filter(({ id }) => edited.has(id))
    .map(({ id, appliedAt }) =>
      makeFinding(
        'history-edited',
        { migration: id, appliedAt: appliedAt || `says ${table}` },
        { migration: id, verdict: 'tampered', severity: 'warning' },
      ),
    );
  for (const { id } of pending) {
    const hindrance = hindered.get(id);
    const at = { migration: id, verdict: 'tampered' } as const;
    if (hindrance?.leftNothing !== undefined) {
      const data = { migration: id, table, why: hindrance.leftNothing };
      findings.push(makeFinding('failed-attempt-cleared', data, at));
    } else if (hindrance?.state === 'failed')
      findings.push(makeFinding('migration-failed-before', { migration: id, table, act: hindrance.act }, at));
    else if (hindrance?.state === 'passed over') {
      const data = { migration: id, tool, act: `${allow}; or ${hindrance.act}` };
      findings.push(
        makeFinding('migration-passed-over', data, outOfOrder ? { ...at, severity: 'warning' } : at),
      );
    }
  }
  // Its own checksums: what they say of edits is told above.
  const skipped = diagnoseTampering(ledgerFound ? applied : null, migrations).filter(
    ({ code, migration }) => code === 'history-skipped' && !hindered.has(migration ?? ''),
  );
  return [
    ...findings,
    ...skipped.map((finding): Finding => {
      const act = `${allow}; ${tool} itself applies it or refuses by its own rule`;
      return outOfOrder ? finding : { ...finding, severity: 'error', do: act };
    }),
  ];
}
