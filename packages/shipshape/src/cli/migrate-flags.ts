// What the command line of migrate says, and what it may not say together.
import type { FleetPolicy } from '../deploy/fleet.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

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

export interface FleetFlags extends FleetPolicy {
  readonly by: { readonly schema: string } | { readonly file: string };
}

export interface FleetOptions {
  readonly dryRun?: boolean;
  readonly eachSchema?: string;
  readonly eachUrl?: string;
  readonly concurrency?: string;
  readonly canary?: string;
  readonly onFailure?: 'stop' | 'continue';
}

/** Null for one database. Throws ShipshapeError `usage-wrong` for what makes no sense together. */
export function parseFleetFlags(options: FleetOptions, url: string | undefined): FleetFlags | null {
  const { eachSchema, eachUrl, concurrency, canary, onFailure } = options;
  if (eachSchema === undefined && eachUrl === undefined) {
    const alone = Object.entries({ concurrency, canary, 'on-failure': onFailure }).find(
      ([, value]) => value !== undefined,
    );
    if (alone !== undefined)
      throw wrong(`--${alone[0]} is of several tenants: --each-schema or --each-url is missing`);
    return null;
  }
  if (eachSchema !== undefined && eachUrl !== undefined)
    throw wrong('--each-schema and --each-url exclude each other');
  if (eachUrl !== undefined && url !== undefined) throw wrong('--url and --each-url exclude each other');
  if (eachUrl !== undefined && options.dryRun === true)
    throw wrong('--dry-run looks at one database: give it with --url in the place of --each-url');
  const policy = {
    concurrency: parseCount('concurrency', concurrency ?? '4', 1),
    canary: parseCount('canary', canary ?? '1', 0),
    onFailure: onFailure ?? 'stop',
  };
  return { by: eachUrl === undefined ? { schema: eachSchema as string } : { file: eachUrl }, ...policy };
}

function parseCount(flag: string, text: string, least: number): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < least)
    throw wrong(`--${flag} has to be a whole number from ${least} to 9999, and is "${text}"`);
  return Number(text);
}

function wrong(fault: string): ShipshapeError {
  return new ShipshapeError([makeFinding('usage-wrong', { fault, help: 'npx shipshape migrate --help' })]);
}
