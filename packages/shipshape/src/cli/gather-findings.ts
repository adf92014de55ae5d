// gatherFindings: what several tenants met alike is one finding that names them.
import type { Finding } from '../report/index.ts';

export interface FindingsOf {
  readonly tenant: string;
  readonly findings: readonly Finding[];
}

export function gatherFindings(tenants: readonly FindingsOf[]): readonly Finding[] {
  const alike = new Map<string, { readonly finding: Finding; readonly names: string[] }>();
  for (const { tenant, findings } of tenants)
    for (const finding of findings) {
      const key = JSON.stringify([finding.code, finding.what, finding.because]);
      const known = alike.get(key);
      if (known === undefined) alike.set(key, { finding, names: [tenant] });
      else known.names.push(tenant);
    }
  return [...alike.values()].map(({ finding, names }) => ({
    ...finding,
    what: `${listed(names)}: ${finding.what}`,
  }));
}

/** Six at most. */
export function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
