// readFleetFile: the databases that a file names, one a line.
import { readFile } from 'node:fs/promises';
import { displayPath } from '../migrate/place.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import type { Tenant } from './fleet.ts';

/**
 * A line is a connection string, or `$NAME`: what that variable holds. Empty lines and those that begin with `#` are
 * passed over. Throws ShipshapeError `fleet-file-unfit` (exit 2) with everything that is wrong; lines, which hold
 * passwords, are told by their number.
 */
export async function readFleetFile(path: string, env: NodeJS.ProcessEnv): Promise<readonly Tenant[]> {
  const file = displayPath(path);
  const faults: Finding[] = [];
  const fault = (line: number | null, problem: string) =>
    faults.push(makeFinding('fleet-file-unfit', { file, line, problem }));
  const tenants = new Map<string, Tenant & { readonly line: number }>();
  for (const [index, written] of (await readFile(path, 'utf8')).split('\n').entries()) {
    const text = written.trim();
    if (text === '' || text.startsWith('#')) continue;
    const line = index + 1;
    const variable = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(text);
    const name = variable?.[1] ?? variable?.[2];
    const address = name === undefined ? text : env[name];
    if (!address) {
      fault(line, `the variable ${name} is not set`);
      continue;
    }
    try {
      const target = parseTarget(address, env);
      const twin = tenants.get(target.display);
      if (twin !== undefined) fault(line, `${target.display} stands in line ${twin.line} already`);
      else tenants.set(target.display, { name: target.display, target, scope: '', line });
    } catch (error) {
      if (!(error instanceof ShipshapeError)) throw error;
      for (const { what } of error.findings) fault(line, what);
    }
  }
  if (tenants.size === 0 && faults.length === 0) fault(null, 'it names no database');
  const [first, ...rest] = faults;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return [...tenants.values()].map(({ line: _, ...tenant }) => tenant);
}
