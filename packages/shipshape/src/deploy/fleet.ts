// Fleet: many tenants that have the same migrations, in schemas of one database or in databases of their own.

import type { Applied } from '../migrate/migration.ts';
import type { RunEvent } from '../migrate/run-order.ts';
import type { Target } from '../postgres/target.ts';
import type { ExitCode, Finding } from '../report/index.ts';

/** One that is migrated by itself, with a ledger and a lock of its own. */
export interface Tenant {
  /** The schema's name, or the database as `Target.display` tells it. */
  readonly name: string;
  readonly target: Target;
  /** The schema's name; '' for a whole database. */
  readonly scope: string;
}

export interface FleetPolicy {
  /** Tenants at a time; each takes two connections while it is migrated. */
  readonly concurrency: number;
  /** How many are migrated before any other is begun. When one of them fails no other is. */
  readonly canary: number;
  /** Whether, after one that failed, others are begun. */
  readonly onFailure: 'stop' | 'continue';
}

export interface TenantOutcome {
  readonly tenant: string;
  /** `done`: nothing is pending any more. */
  readonly state: 'done' | 'failed' | 'not begun';
  /** By this call, in order. */
  readonly applied: readonly Applied[];
  /** The migration it stopped in; null when it stopped in none. */
  readonly failed: string | null;
  /** Pending still; null where nobody has looked. */
  readonly left: readonly string[] | null;
  /** Warnings too. */
  readonly findings: readonly Finding[];
  readonly exit: ExitCode;
}

export type FleetEvent =
  | { readonly kind: 'of tenant'; readonly tenant: string; readonly event: RunEvent }
  | {
      readonly kind: 'tenant ended';
      readonly outcome: TenantOutcome;
      /** With those that had nothing to do. */
      readonly ended: number;
      readonly of: number;
    };

export interface FleetResult {
  /** In the order of the tenants. */
  readonly tenants: readonly TenantOutcome[];
  /** A canary failed: that is why the others were not begun. */
  readonly canaryFailed: boolean;
  readonly exit: ExitCode;
}

/** What a migration did, and what a human has to decide, before what may go away by itself. */
const gravity: readonly ExitCode[] = [6, 3, 2, 4, 5, 1];

/** The gravest of those; 0 where there is none. */
export function gravest(exits: readonly ExitCode[]): ExitCode {
  return gravity.find((exit) => exits.includes(exit)) ?? 0;
}

/** The gravest of all tenants; 6 where Ctrl-C left some of them. */
export function exitOfFleet(tenants: readonly TenantOutcome[], interrupted: boolean): ExitCode {
  const left = tenants.some(({ state }) => state === 'not begun');
  return interrupted && left ? 6 : gravest(tenants.map(({ exit }) => exit));
}
