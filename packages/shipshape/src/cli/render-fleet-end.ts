// renderFleetEnd: the last lines of a look at many tenants.
import type { ExitCode } from '../report/index.ts';
import type { Look } from '../report/render/findings.ts';
import { makePaint } from '../report/render/paint.ts';
import { count } from '../report/render/wrap.ts';

export interface FleetSummary {
  readonly tenants: number;
  readonly agreed: number;
  readonly disagreed: number;
  /** Those that could not be reached or read. */
  readonly unread: number;
}

export function summarize(exits: readonly ExitCode[]): FleetSummary {
  const agreed = exits.filter((exit) => exit === 0).length;
  const disagreed = exits.filter((exit) => exit === 1).length;
  return { tenants: exits.length, agreed, disagreed, unread: exits.length - agreed - disagreed };
}

/** `✗ 1000 tenants: 997 agreed, 2 disagree, 1 could not be read, in 81 ms`, and what to do. */
export function renderFleetEnd(
  { tenants, agreed, disagreed, unread }: FleetSummary,
  act: string | null,
  milliseconds: number,
  { colour }: Look,
): readonly string[] {
  const paint = makePaint(colour);
  const parts = [
    `${agreed} agreed`,
    disagreed === 0 ? '' : `${disagreed} ${disagreed === 1 ? 'disagrees' : 'disagree'}`,
    unread === 0 ? '' : `${unread} could not be read`,
  ].filter(Boolean);
  const mark = agreed === tenants ? paint.good('✓') : paint.bad('✗');
  return [
    `${mark} ${count(tenants, 'tenant')}: ${parts.join(', ')}, in ${Math.round(milliseconds)} ms`,
    ...(act === null ? [] : [`  ${paint.faint('do')}       ${act}`]),
  ];
}
