// Findings as text for a terminal: grouped, aligned, each group with its reason and its next act.
import { codes } from '../codes.ts';
import type { Finding } from '../finding.ts';
import { makePaint, type Paint } from './paint.ts';
import { renderMaker, renderRow } from './row.ts';
import { align, wrap } from './wrap.ts';

export interface Look {
  /** Characters in a line. Text is wrapped to it; what can be copied (names, commands) never is. */
  readonly width: number;
  readonly colour: boolean;
  /**
   * `short`: of more than five rows of a group that one migration made, the first two and a count are told.
   * Rows that differ in that are all told in either way.
   */
  readonly rows?: 'all' | 'short';
  /** Schemas whose names are left out. */
  readonly searchPath?: readonly string[];
}

const mostAlike = 5;
const toldOfAlike = 2;

/** Groups in the order of their first finding, worst severity first. No newline at the end; '' for no findings. */
export function renderFindings(findings: readonly Finding[], look: Look): string {
  const paint = makePaint(look.colour);
  const groups = groupFindings(findings);
  return groups.map((group) => renderGroup(group, groups.length > 1, look, paint)).join('\n\n');
}

/** What shares its code, severity and reason is told together, and so is what one and the same act mends. */
function groupFindings(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const byReason = groupBy(findings, (each) => [each.severity, each.code, each.because]);
  const acts = new Map(byReason.map((group) => [group, [...new Set(group.map((each) => each.do))]]));
  const groups = groupBy(byReason, (group) => {
    const [first] = group as [Finding];
    const [act, ...more] = acts.get(group) ?? [];
    return [first.severity, first.code, more.length === 0 && act ? act : first.because];
  }).map((merged) => merged.flat());
  const order = ['error', 'warning', 'note'];
  return groups.sort((a, b) => order.indexOf(a[0]?.severity ?? '') - order.indexOf(b[0]?.severity ?? ''));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}

function renderGroup(group: readonly Finding[], titled: boolean, look: Look, paint: Paint): string {
  const first = group[0] as Finding;
  const rows = renderRows(group, look);
  const alone = rows.length === 1 && rows[0] === first.what;
  const title = alone ? first.what : codes()[first.code].title.replace(/\.$/, '');
  const lines = titled ? [`  ${renderMark(first, paint)} ${paint.strong(title)}`, ''] : [];
  if (!titled || !alone) lines.push(...rows.map((row) => `  ${row}`), '');
  return [...lines, ...renderBeats(group, look)].join('\n');
}

function renderMark({ severity }: Finding, paint: Paint): string {
  return severity === 'error' ? paint.bad('✗') : severity === 'warning' ? paint.doubtful('!') : '·';
}

/** Why, and what to do: the part that findings of a group share. */
export function renderBeats(group: readonly Finding[], look: Look): readonly string[] {
  const paint = makePaint(look.colour);
  const reasons = [...new Set(group.map((each) => each.because))];
  return [
    ...renderBeat(
      'because',
      reasons.flatMap((each) => wrap(each, look.width - 11)),
      paint,
    ),
    ...renderBeat('do', linesOf(group), paint),
  ];
}

function renderBeat(name: string, text: readonly string[], paint: Paint): readonly string[] {
  if (text.every((line) => line === '')) return [];
  return text.map((line, at) =>
    `  ${at === 0 ? paint.faint(name.padEnd(7)) : ' '.repeat(7)}  ${line}`.trimEnd(),
  );
}

function renderRows(group: readonly Finding[], look: Look): readonly string[] {
  const { told, rest } = look.rows === 'short' ? shorten(group) : { told: group, rest: [] };
  const rows = told.map((each) => renderRow(each, look.searchPath ?? ['public']));
  const lines = align(rows);
  const fits = lines.every((line) => line.length + 2 <= look.width);
  const shown = fits
    ? lines
    : rows.flatMap(([where = '', ...more]) => [where, ...more.filter(Boolean).map((cell) => `  ${cell}`)]);
  return [...shown, ...rest];
}

/** The told ones, in order, and a line for each migration of which some are not. */
function shorten(group: readonly Finding[]): { told: readonly Finding[]; rest: readonly string[] } {
  const byMaker = new Map<string, Finding[]>();
  for (const finding of group) {
    const maker = finding.migration === undefined ? '' : renderMaker(finding);
    byMaker.set(maker, [...(byMaker.get(maker) ?? []), finding]);
  }
  const left = new Set<Finding>();
  const rest: string[] = [];
  for (const [maker, findings] of byMaker) {
    if (maker === '' || findings.length <= mostAlike) continue;
    const more = findings.slice(toldOfAlike);
    for (const finding of more) left.add(finding);
    rest.push(`… ${more.length} more, all added by ${findings[0]?.migration}`);
  }
  return { told: group.filter((each) => !left.has(each)), rest };
}

/** Each act once, and a comment or a command that several begin with once. */
function linesOf(group: readonly Finding[]): readonly string[] {
  const lines = [...new Set(group.map((each) => each.do))].flatMap((each) => each.split('\n'));
  return lines.filter((line, at) => !/^(?:--|npx )/.test(line) || lines.indexOf(line) === at);
}
