// One finding as a row of cells: where, which line, what of it.
import { renderAddress } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';

/** The address (or the sentence, where there is none), `file:line`, and what is known of it. */
export function renderRow(finding: Finding, searchPath: readonly string[]): readonly string[] {
  if (finding.address === undefined) return [finding.what];
  const { origin } = finding;
  const cells = [
    renderAddress(finding.address, searchPath),
    origin === undefined ? '' : `${origin.file}:${origin.line}`,
    [renderAspect(finding), renderMaker(finding)].filter(Boolean).join(', '),
  ];
  return cells.slice(1).every((cell) => cell === '') ? [finding.what] : cells;
}

function renderAspect({ aspect, declared, found }: Finding): string {
  if (aspect === undefined || aspect === 'existence') return '';
  const sides = [
    found === undefined ? '' : `is ${found}`,
    declared === undefined ? '' : `declared ${declared}`,
  ];
  return `${aspect} ${sides.filter(Boolean).join(', ')}`.trim();
}

/** `added by 0051_call_log_cost_metrics (pending)`: which file, and whether the ledger has it. */
export function renderMaker({ migration, verdict, aspect }: Finding): string {
  if (migration === undefined) return verdict === 'forgotten' ? 'no migration adds it' : '';
  const deed = aspect === undefined || aspect === 'existence' ? 'added' : 'changed';
  const state = verdict === 'pending' ? ' (pending)' : verdict === 'drifted' ? ' (applied)' : '';
  return `${deed} by ${migration}${state}`;
}
