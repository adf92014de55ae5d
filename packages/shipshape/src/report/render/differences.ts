// Differences of two sides as text: a heading for each table, a row for each thing in it.
import { type Address, parentOf, renderAddress, renderAddressKey } from '../../catalog/index.ts';
import type { Compared } from '../coverage.ts';
import type { Finding } from '../finding.ts';
import type { Look } from './findings.ts';
import { makePaint } from './paint.ts';
import { renderCoverage, renderNotCompared } from './verdict.ts';
import { align, count } from './wrap.ts';

export interface TwoSides {
  readonly findings: readonly Finding[];
  readonly coverage: Compared;
  /** `models`, and which: no password is in it. */
  readonly from: { readonly kind: string; readonly label: string };
  readonly to: { readonly kind: string; readonly label: string };
  readonly milliseconds: number;
}

/** Text for a terminal, no newline at the end. */
export function renderDifferences(result: TwoSides, look: Look): string {
  const { findings, coverage, from, to } = result;
  const paint = makePaint(look.colour);
  const alike = from.kind === to.kind;
  const names = { from: alike ? 'the first' : from.kind, to: alike ? 'the second' : to.kind };
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const title =
    errors === 0
      ? `${paint.good('✓')} ${paint.strong(`${names.from} and ${names.to} agree.`)}`
      : `${paint.bad('✗')} ${paint.strong(`${names.from} and ${names.to} differ in ${count(errors, 'way')}.`)}`;
  const sides = align([
    [names.from, from.label],
    [names.to, to.label],
  ]).map((line) => `  ${line}`);
  const groups = [...groupByTable(findings, look)].map(([heading, group]) =>
    [
      `  ${paint.strong(heading)}`,
      ...align(group.map((each) => renderRow(each, names, look))).map((row) => `    ${row}`),
    ].join('\n'),
  );
  const { notCompared = [] } = coverage;
  const last = [
    renderCoverage(coverage, { target: `${names.from} and ${names.to}`, milliseconds: result.milliseconds }),
    ...renderNotCompared(notCompared, look.width - 2),
  ];
  return [title, sides.join('\n'), ...groups, last.map((line) => `  ${paint.faint(line)}`).join('\n')].join(
    '\n\n',
  );
}

/** In the order of the first finding of each. */
function groupByTable(findings: readonly Finding[], look: Look): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const heading = finding.address === undefined ? '' : headingOf(finding.address, look);
    groups.set(heading, [...(groups.get(heading) ?? []), finding]);
  }
  return groups;
}

/** What is in a table stands under it, and everything else under itself. */
function headingOf(address: Address, { searchPath }: Look): string {
  if ('on' in address) return headingOf(address.on, { searchPath } as Look);
  const parent = 'table' in address ? parentOf(address) : null;
  return renderAddress(parent ?? address, searchPath);
}

function renderRow(
  finding: Finding,
  names: { readonly from: string; readonly to: string },
  { searchPath }: Look,
): readonly string[] {
  const { address, code, aspect, declared, found, origin, migration, severity } = finding;
  const name = address === undefined ? '' : nameIn(address, searchPath);
  const place = [
    origin === undefined ? '' : `${origin.file}:${origin.line}`,
    migration === undefined ? '' : `made by ${migration}`,
  ].filter(Boolean);
  const grave = severity === 'error' ? '' : ` (${severity})`;
  return [name, `${said()}${grave}`, place.join(', ')];

  function said(): string {
    if (code === 'only-in-first') {
      const near = found === undefined ? '' : `; there is ${found}`;
      return `only in ${names.from}${near}`;
    }
    if (code === 'only-in-second') return `only in ${names.to}`;
    return `${aspect}: ${declared ?? 'none'} in ${names.from}, ${found ?? 'none'} in ${names.to}`;
  }
}

/** Under the heading of its table; `itself` for what is its own heading. */
function nameIn(address: Address, searchPath: readonly string[] | undefined): string {
  if ('on' in address) return address.kind;
  if (!('table' in address)) return 'itself';
  const whole = renderAddress(address, searchPath);
  const table = renderAddress({ kind: 'table', schema: address.schema, name: address.table }, searchPath);
  return renderAddressKey(address).startsWith('column ')
    ? whole.slice(table.length + 1)
    : whole.replace(`${table}.`, '');
}
