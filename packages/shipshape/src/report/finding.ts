// Finding: the one reportable shape. Comparisons, lint, the gate, the runner and bad configuration all end as these.
import type { Address, Origin, Verdict } from '../catalog/index.ts';
import type { Code, ExitCode, Severity } from './code.ts';
import { codes, type DataOf, type Slug } from './codes.ts';

/** Where a finding is, as far as that is known. */
export interface Place {
  readonly address?: Address;
  readonly aspect?: string;
  readonly declared?: string;
  readonly found?: string;
  readonly origin?: Origin;
  /** The migration that made it or will make it. */
  readonly migration?: string;
  readonly verdict?: Verdict;
}

export interface Finding extends Place {
  readonly code: Slug;
  readonly severity: Severity;
  readonly exit: ExitCode;
  readonly what: string;
  readonly because: string;
  readonly do: string;
}

/** A finding with its prose, from the catalogue. `severity` may be lowered or raised by who knows more. */
export function makeFinding<S extends Slug>(
  slug: S,
  data: DataOf<S>,
  place: Place & { readonly severity?: Severity } = {},
): Finding {
  const code = codes()[slug] as unknown as Code<DataOf<S>>;
  return {
    severity: code.severity,
    ...place,
    code: slug,
    exit: code.exit,
    what: code.what(data),
    because: code.because(data),
    do: code.do(data),
  };
}

/** The exit code of a set of findings: that of its gravest error, 0 without one. */
export function exitOf(findings: readonly Finding[]): ExitCode {
  const gravity: readonly ExitCode[] = [2, 4, 5, 6, 3, 1];
  const exits = new Set(findings.filter((each) => each.severity === 'error').map((each) => each.exit));
  return gravity.find((exit) => exits.has(exit)) ?? 0;
}

/** For sorting: as the code declares them. What has no line keeps its place. */
export function byOrigin({ origin: a }: Finding, { origin: b }: Finding): number {
  if (a === undefined || b === undefined) return 0;
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
