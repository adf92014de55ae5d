// ShipshapeError: how a library function says that it cannot go on.
import type { ExitCode } from './code.ts';
import { exitOf, type Finding } from './finding.ts';

/** Carries at least one finding; a face renders them and exits with `exit`. */
export class ShipshapeError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly [Finding, ...Finding[]], options?: { readonly cause?: unknown }) {
    super(findings.map((each) => each.what).join('; '), options);
    this.name = 'ShipshapeError';
    this.findings = findings;
  }

  get exit(): ExitCode {
    return exitOf(this.findings);
  }
}
