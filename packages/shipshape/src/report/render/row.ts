// One finding as a row of cells: where, which line, what of it.
import { renderAddress } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';

/**
 * Something that is missing, with a known cause: its address, `file:line`, and which migration makes it. Anything else
 * is its own sentence, and `file:line`.
 */
export function renderRow(finding: Finding, searchPath: readonly string[]): readonly string[] {
  const { address, origin } = finding;
  const line = origin === undefined ? '' : `${origin.file}:${origin.line}`;
  const maker = renderMaker(finding);
  if (address === undefined || maker === '') return line === '' ? [finding.what] : [finding.what, line];
  const like = finding.found === undefined ? '' : ` (there is ${finding.found})`;
  return [`${renderAddress(address, searchPath)}${like}`, line, maker];
}

/** `added by 0051_call_log_cost_metrics (pending)`; '' for what is not simply missing. */
export function renderMaker({ code, migration, verdict, aspect }: Finding): string {
  if (aspect !== 'existence') return '';
  if (code === 'orphaned-migration') return `added by ${migration} (never run)`;
  if (verdict === 'forgotten') return 'no migration adds it';
  if (migration === undefined || (verdict !== 'pending' && verdict !== 'drifted')) return '';
  return `added by ${migration} (${verdict === 'pending' ? 'pending' : 'applied'})`;
}
