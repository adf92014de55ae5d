// What a start looks like, allowed or refused, and what an unreachable database looks like.
import type { Compared } from '../coverage.ts';
import type { Finding } from '../finding.ts';
import { type Look, renderBeats, renderFindings } from './findings.ts';
import { makePaint } from './paint.ts';
import { renderVerdict } from './verdict.ts';
import { count } from './wrap.ts';

export interface Judged {
  readonly findings: readonly Finding[];
  readonly coverage: Compared;
  readonly target: string;
  readonly milliseconds: number;
}

/**
 * The gate's message: the application starts, starts although it was warned, or may not start. No newline at the end.
 */
export function renderStart(application: string, judged: Judged, look: Look, allowed: boolean): string {
  const lacking = judged.findings.some((each) => each.severity === 'error');
  const title = !lacking
    ? `${application} may start: the database has what its code needs.`
    : `${application} ${allowed ? 'starts although' : 'may not start:'} ${describeLack(judged.findings)}.`;
  return renderVerdict({ ...judged, title }, { ...look, rows: 'short' });
}

/** For a finding that came before anything was compared: no server, no models, no snapshot. */
export function renderFailure(findings: readonly Finding[], look: Look): string {
  const [first, ...more] = findings;
  if (first === undefined || more.length > 0) return renderFindings(findings, look);
  const paint = makePaint(look.colour);
  return [`${paint.bad('✗')} ${paint.strong(first.what)}`, '', ...renderBeats([first], look)].join('\n');
}

/** `the database lacks 9 columns that its code reads`, as far as the errors have that in common. */
export function describeLack(findings: readonly Finding[]): string {
  const errors = findings.filter((each) => each.severity === 'error');
  const lacking = errors.filter((each) => each.aspect === 'existence');
  const tables = lacking.filter((each) => each.address?.kind === 'table').length;
  const columns = lacking.filter((each) => each.address?.kind === 'column').length;
  const [only] = errors;
  if (errors.length > 0 && tables + columns === errors.length) {
    const counts = [tables > 0 ? count(tables, 'table') : '', columns > 0 ? count(columns, 'column') : ''];
    return `the database lacks ${counts.filter(Boolean).join(' and ')} that its code reads`;
  }
  if (errors.length === 1 && only !== undefined) return only.what;
  return `the database and its code disagree in ${count(errors.length, 'way')}`;
}
