// tellForeignHistory: where another tool's ledger and the files of its folder disagree.
import type { ForeignLedger } from '../migrate/ledgers/foreign-ledger.ts';
import { type Finding, makeFinding } from '../report/index.ts';

/** Warnings: the tools themselves go on. What they squashed, renamed or passed over is theirs to say. */
export function tellForeignHistory(ledger: ForeignLedger | null): readonly Finding[] {
  return (ledger?.entries ?? [])
    .filter(({ id }) => ledger?.edited.has(id))
    .map(({ id, appliedAt }) =>
      makeFinding(
        'history-edited',
        { migration: id, appliedAt: appliedAt || `says ${ledger?.table}` },
        { migration: id, verdict: 'tampered', severity: 'warning' },
      ),
    );
}
