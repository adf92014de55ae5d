// dryRunFleet: what `migrate` would do in each of many databases.
import { ShipshapeError } from '../report/index.ts';
import { type DryRun, type DryRunOptions, dryRun } from './dry-run.ts';
import type { Tenant } from './fleet.ts';
import { someAtATime } from './some-at-a-time.ts';

export interface TenantDryRun extends DryRun {
  readonly tenant: string;
}

/** In the order of the tenants; no lock is taken. What keeps one from being looked at is in its findings. */
export async function dryRunFleet(
  options: Omit<DryRunOptions, 'target'> & {
    readonly tenants: readonly Tenant[];
    readonly concurrency: number;
  },
): Promise<readonly TenantDryRun[]> {
  const { tenants, concurrency } = options;
  const told = new Map<string, DryRun>();
  await someAtATime(
    tenants,
    concurrency,
    () => true,
    async ({ name, target }) => {
      try {
        told.set(name, await dryRun({ ...options, target }));
      } catch (error) {
        if (!(error instanceof ShipshapeError)) throw error;
        told.set(name, { pending: [], findings: error.findings, exit: error.exit });
      }
    },
  );
  return tenants.flatMap(({ name: tenant }) => {
    const run = told.get(tenant);
    return run === undefined ? [] : [{ tenant, ...run }];
  });
}
