// adjustSeverities: findings as grave as a project takes them, address by address.
import { type Address, renderAddress } from '../catalog/index.ts';
import type { Severity } from './code.ts';
import { codes } from './codes.ts';
import type { NotCompared } from './coverage.ts';
import type { Finding } from './finding.ts';

export type Adjustment = Severity | 'ignore';

/**
 * By address as people write it (`call_log.retries`, `audit.entry`), with `*` for any letters; the name of a table stands
 * for all that is in it. The value is for all findings there, or by aspect or code: `{ "default": "note" }`. Of several
 * that fit, the last counts.
 */
export type Severities = Readonly<Record<string, Adjustment | Readonly<Record<string, Adjustment>>>>;

interface Rule {
  readonly pattern: string;
  readonly fits: RegExp;
  readonly adjustmentOf: (finding: Finding) => Adjustment | undefined;
}

export interface Adjusted {
  readonly findings: readonly Finding[];
  /** How many each pattern took out. */
  readonly ignored: readonly NotCompared[];
}

/** Findings without an address (no server, an empty database, a history that was edited) stay as they are. */
export function adjustSeverities(
  findings: readonly Finding[],
  severities: Severities = {},
  searchPath: readonly string[] = ['public'],
): Adjusted {
  const rules = Object.entries(severities).map(makeRule);
  if (rules.length === 0) return { findings, ignored: [] };
  const ignored = new Map<string, number>();
  const kept = findings.flatMap((finding) => {
    const names = finding.address === undefined ? [] : namesOf(finding.address, searchPath);
    const rule = rules.findLast(
      ({ fits, adjustmentOf }) =>
        names.some((name) => fits.test(name)) && adjustmentOf(finding) !== undefined,
    );
    const adjustment = rule?.adjustmentOf(finding);
    if (rule === undefined || adjustment === undefined) return [finding];
    if (adjustment !== 'ignore') return [asGraveAs(adjustment, finding)];
    ignored.set(rule.pattern, (ignored.get(rule.pattern) ?? 0) + 1);
    return [];
  });
  return {
    findings: kept,
    ignored: [...ignored].map(([pattern, count]) => ({
      what: count === 1 ? 'finding' : 'findings',
      count,
      because: `ignored by "${pattern}" in "severities"`,
    })),
  };
}

function makeRule([pattern, value]: [string, Severities[string]]): Rule {
  const letters = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return {
    pattern,
    fits: new RegExp(`^${letters.join('.*')}$`, 's'),
    adjustmentOf: ({ code, aspect }) =>
      typeof value === 'string' ? value : (value[code] ?? (aspect === undefined ? undefined : value[aspect])),
  };
}

/** The address and what it is in, without their kinds, with their schema and, where that is looked up, without it. */
function namesOf(address: Address, searchPath: readonly string[]): readonly string[] {
  if ('on' in address) return namesOf(address.on, searchPath);
  const holders: readonly Address[] =
    'table' in address ? [{ kind: 'table', schema: address.schema, name: address.table }] : [];
  const names = [address, ...holders].flatMap((each) =>
    [searchPath, []].map((path) => {
      const text = renderAddress(each, path);
      return text.startsWith(`${each.kind} `) ? text.slice(each.kind.length + 1) : text;
    }),
  );
  return [...new Set(names)];
}

function asGraveAs(severity: Severity, finding: Finding): Finding {
  const agreed = finding.verdict === undefined || finding.verdict === 'agreed';
  // What counts as an error is no agreement.
  const verdict = severity === 'error' && agreed ? ({ verdict: 'forgotten' } as const) : {};
  return { ...finding, severity, exit: codes()[finding.code].exit, ...verdict };
}
