// What the command line of migrate says, and what it may not say together.
import type { FleetPolicy } from '../deploy/fleet.ts';
import { parseCount, parseTenantFlags, type TenantFlags, type TenantOptions } from './tenant-flags.ts';

export interface MigrateFlags {
  readonly dryRun: boolean;
  /** Seconds. */
  readonly wait: number;
  /** The last migration to apply. */
  readonly to: string | undefined;
  readonly allowOutOfOrder: boolean;
  /** Null for one database. */
  readonly fleet: FleetFlags | null;
}

export type FleetFlags = TenantFlags & FleetPolicy;

export interface FleetOptions extends TenantOptions {
  readonly canary?: string;
  readonly onFailure?: 'stop' | 'continue';
}

/** Null for one database. Throws ShipshapeError `usage-wrong` for what makes no sense together. */
export function parseFleetFlags(options: FleetOptions, url: string | undefined): FleetFlags | null {
  const { canary, onFailure } = options;
  const tenants = parseTenantFlags(options, url, 'migrate', { canary, 'on-failure': onFailure });
  if (tenants === null) return null;
  return {
    ...tenants,
    canary: parseCount('migrate', 'canary', canary ?? '1', 0),
    onFailure: onFailure ?? 'stop',
  };
}
