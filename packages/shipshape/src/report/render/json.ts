// Findings as JSON: the value itself, versioned (docs/formats.md).
import { type Origin, renderAddress, type Verdict } from '../../catalog/index.ts';
import type { Severity } from '../code.ts';
import type { Slug } from '../codes.ts';
import type { Compared } from '../coverage.ts';
import type { Finding } from '../finding.ts';

export interface JsonFinding {
  readonly code: Slug;
  readonly severity: Severity;
  readonly verdict?: Verdict;
  /** As people write it: `call_log.recording_mode`. */
  readonly address?: string;
  readonly aspect?: string;
  readonly declared?: string;
  readonly found?: string;
  readonly origin?: Origin;
  readonly migration?: string;
  readonly what: string;
  readonly because: string;
  readonly do: string;
}

export interface JsonReport {
  readonly version: 1;
  /** Null where no verdict was reached: nothing was compared. */
  readonly verdict: Verdict | null;
  readonly coverage: Compared | null;
  readonly findings: readonly JsonFinding[];
}

/** `searchPath`: schemas whose names people leave out. */
export function makeJsonReport(
  report: {
    readonly verdict: Verdict | null;
    readonly coverage: Compared | null;
    readonly findings: readonly Finding[];
  },
  searchPath: readonly string[] = ['public'],
): JsonReport {
  return {
    version: 1,
    verdict: report.verdict,
    coverage: report.coverage,
    findings: report.findings.map((each) => makeJsonFinding(each, searchPath)),
  };
}

/** Two spaces, a newline at the end. */
export function renderJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function makeJsonFinding(finding: Finding, searchPath: readonly string[]): JsonFinding {
  const { code, severity, verdict, address, aspect, declared, found, origin, migration } = finding;
  return {
    code,
    severity,
    ...(verdict === undefined ? {} : { verdict }),
    ...(address === undefined ? {} : { address: renderAddress(address, searchPath) }),
    ...(aspect === undefined ? {} : { aspect }),
    ...(declared === undefined ? {} : { declared }),
    ...(found === undefined ? {} : { found }),
    ...(origin === undefined ? {} : { origin: { file: origin.file, line: origin.line } }),
    ...(migration === undefined ? {} : { migration }),
    what: finding.what,
    because: finding.because,
    do: finding.do,
  };
}
