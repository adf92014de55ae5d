// The whole answer of gate and verify: a title, the findings, and what was looked at.
import { type Verdict, verdictsByWeight } from '../../catalog/index.ts';
import type { Compared, NotCompared } from '../coverage.ts';
import type { Finding } from '../finding.ts';
import { type Look, renderBeats, renderFindings } from './findings.ts';
import { makePaint } from './paint.ts';
import { count, wrap } from './wrap.ts';

export interface Answer {
  /** One sentence: `calls may not start: the database lacks 9 columns that its code reads.` */
  readonly title: string;
  readonly findings: readonly Finding[];
  /** Null when nothing was compared (no server): then the last line is the next act. */
  readonly coverage: Compared | null;
  /** As `Target.display` has it, without a password. */
  readonly target: string;
  readonly milliseconds: number;
}

/** Text for a terminal, no newline at the end. */
export function renderVerdict(answer: Answer, look: Look): string {
  const paint = makePaint(look.colour);
  const worst = (['error', 'warning'] as const).find((each) =>
    answer.findings.some((one) => one.severity === each),
  );
  const mark =
    worst === 'error' ? paint.bad('✗') : worst === 'warning' ? paint.doubtful('!') : paint.good('✓');
  const parts = [`${mark} ${paint.strong(answer.title)}`, renderBody(answer, look)];
  if (answer.coverage !== null) {
    const { notCompared = [] } = answer.coverage;
    const lines = [
      renderCoverage(answer.coverage, answer),
      ...renderNotCompared(notCompared, look.width - 2),
    ];
    parts.push(lines.map((line) => `  ${paint.faint(line)}`).join('\n'));
  }
  return parts.filter(Boolean).join('\n\n');
}

/** A title that is the only finding's sentence is not said again. */
function renderBody({ title, findings }: Answer, look: Look): string {
  const [only, ...more] = findings;
  const said =
    only !== undefined && more.length === 0 && only.origin === undefined && title.includes(only.what);
  return said ? renderBeats([only], look).join('\n') : renderFindings(findings, look);
}

/** `checked 14 tables, 2 views, 171 columns, 23 unique keys, 4 enums of postgres://app@db/calls in 11 ms` */
export function renderCoverage(
  { tables, views, columns, uniqueKeys, enums, others }: Compared,
  { target, milliseconds }: { readonly target: string; readonly milliseconds: number },
): string {
  const counts = [
    count(tables, 'table'),
    ...(views === undefined ? [] : [count(views, 'view')]),
    count(columns, 'column'),
    count(uniqueKeys, 'unique key'),
    count(enums, 'enum'),
    ...(others === undefined ? [] : [count(others, 'other thing')]),
  ];
  return `checked ${counts.join(', ')} of ${target} in ${Math.round(milliseconds)} ms`;
}

/** `not compared: migrations (no folder of them was named), 2 publications`; no line where there is nothing. */
export function renderNotCompared(parts: readonly NotCompared[], width: number): readonly string[] {
  if (parts.length === 0) return [];
  const told = parts.map(({ what, count: number, because }) =>
    [number === undefined ? what : `${number} ${what}`, because === undefined ? '' : ` (${because})`].join(
      '',
    ),
  );
  return wrap(`not compared: ${told.join(', ')}`, width);
}

/** The weightiest verdict that a finding carries; `agreed` when no finding of weight carries one. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const carried = new Set(findings.filter((each) => each.severity === 'error').map((each) => each.verdict));
  return verdictsByWeight.find((each) => carried.has(each)) ?? 'agreed';
}
