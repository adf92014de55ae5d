// migrateFleet: every tenant by itself, some at a time; a few first, and then the others.
import { assertOwnFolder } from '../migrate/assert-own-folder.ts';
import { ensureLedgers } from '../migrate/bootstrap.ts';
import { run } from '../migrate/run.ts';
import type { RunEvent, RunResult } from '../migrate/run-order.ts';
import { connect } from '../postgres/connect.ts';
import { ShipshapeError } from '../report/index.ts';
import {
  exitOfFleet,
  type FleetEvent,
  type FleetPolicy,
  type FleetResult,
  type Tenant,
  type TenantOutcome,
} from './fleet.ts';
import { type MigrateOptions, openRelease, orderOf, type Release } from './migrate.ts';
import { limitsOf } from './run-limits.ts';
import { someAtATime } from './some-at-a-time.ts';
import { readStandOfSchemas } from './stand-of-schemas.ts';

export interface FleetOptions extends Omit<MigrateOptions, 'target' | 'on'>, FleetPolicy {
  readonly tenants: readonly Tenant[];
  /** The tenants are schemas of one database: their ledgers are read at once, and only those with something to do are begun. */
  readonly inOneDatabase: boolean;
  readonly on: (event: FleetEvent) => void;
}

/**
 * What stops a tenant is in its outcome. A second call does what is left. Throws ShipshapeError as `migrateDatabase` does,
 * and `fleet-of-another-tool` (exit 2) for schemas with a folder that is not ours.
 */
export async function migrateFleet(options: FleetOptions): Promise<FleetResult> {
  const release = await openRelease(options);
  if (options.inOneDatabase) assertOwnFolder(release.folder);
  const outcomes = new Map<string, TenantOutcome>();
  const tell = (outcome: TenantOutcome) => {
    outcomes.set(outcome.tenant, outcome);
    options.on({ kind: 'tenant ended', outcome, ended: outcomes.size, of: options.tenants.length });
  };
  const { idle, busy, left } = await sortOut(release, options);
  for (const { name } of idle) outcomes.set(name, outcomeOf(name, nothingDone));
  const failures = () => [...outcomes.values()].some(({ state }) => state === 'failed');
  const each = async (tenant: Tenant) => {
    const on = (event: RunEvent) => options.on({ kind: 'of tenant', tenant: tenant.name, event });
    tell(outcomeOf(tenant.name, await migrateTenant(release, options, tenant, on)));
  };
  const going = () => options.signal?.aborted !== true;
  const canaries = busy.slice(0, options.canary);
  await someAtATime(canaries, options.concurrency, () => going() && !failures(), each);
  const canaryFailed = failures();
  if (!canaryFailed) {
    const mayBegin = () => going() && (options.onFailure === 'continue' || !failures());
    await someAtATime(busy.slice(options.canary), options.concurrency, mayBegin, each);
  }
  const tenants = options.tenants.map(
    ({ name }) => outcomes.get(name) ?? notBegun(name, left.get(name) ?? null),
  );
  return { tenants, canaryFailed, exit: exitOfFleet(tenants, !going()) };
}

interface SortedOut {
  readonly idle: readonly Tenant[];
  readonly busy: readonly Tenant[];
  /** What is pending, where that is known. */
  readonly left: ReadonlyMap<string, readonly string[]>;
}

async function sortOut(release: Release, options: FleetOptions): Promise<SortedOut> {
  const { tenants, inOneDatabase } = options;
  const [first] = tenants;
  if (!inOneDatabase || first === undefined) return { idle: [], busy: tenants, left: new Map() };
  const { target } = first;
  const session = await connect(target, { applicationName: 'shipshape:fleet' });
  try {
    const stands = await readStandOfSchemas(session, release, tenants);
    const busy = stands.filter(({ pending, refused }) => pending.length > 0 || refused);
    if (busy.length > 0) {
      const scopes = busy.map(({ tenant }) => tenant.scope);
      await ensureLedgers(session, {
        target,
        signal: options.signal,
        waitSeconds: limitsOf(options).waitSeconds,
        scopes,
      });
    }
    return {
      idle: stands.filter((stand) => !busy.includes(stand)).map(({ tenant }) => tenant),
      busy: busy.map(({ tenant }) => tenant),
      left: new Map(busy.map(({ tenant, pending }) => [tenant.name, pending])),
    };
  } finally {
    await session.close();
  }
}

async function migrateTenant(
  release: Release,
  options: FleetOptions,
  { target, scope }: Tenant,
  on: (event: RunEvent) => void,
): Promise<RunResult> {
  try {
    return await run(orderOf(release, { ...options, target, on }, scope));
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return { ...nothingDone, findings: error.findings, exit: error.exit };
  }
}

const nothingDone: RunResult = { applied: [], failed: null, left: [], findings: [], exit: 0 };

function outcomeOf(tenant: string, { applied, failed, left, findings, exit }: RunResult): TenantOutcome {
  return { tenant, state: exit === 0 ? 'done' : 'failed', applied, failed, left, findings, exit };
}

function notBegun(tenant: string, left: readonly string[] | null): TenantOutcome {
  return { tenant, state: 'not begun', applied: [], failed: null, left, findings: [], exit: 0 };
}
