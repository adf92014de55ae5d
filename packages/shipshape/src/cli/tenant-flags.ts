// What the command line says of several tenants, and what it may not say together.
import { makeFinding, ShipshapeError } from '../report/index.ts';

export interface TenantFlags {
  readonly by: { readonly schema: string } | { readonly file: string };
  /** Tenants at a time. */
  readonly concurrency: number;
}

export interface TenantOptions {
  readonly eachSchema?: string;
  readonly eachUrl?: string;
  readonly concurrency?: string;
}

/** Null for one database. `alone`: flags that mean nothing there. Throws ShipshapeError `usage-wrong` for what makes no sense together. */
export function parseTenantFlags(
  { eachSchema, eachUrl, concurrency }: TenantOptions,
  url: string | undefined,
  command: string,
  alone: Readonly<Record<string, string | undefined>> = {},
): TenantFlags | null {
  if (eachSchema === undefined && eachUrl === undefined) {
    const lonely = Object.entries({ concurrency, ...alone }).find(([, value]) => value !== undefined);
    if (lonely !== undefined)
      throw wrong(command, `--${lonely[0]} is of several tenants: --each-schema or --each-url is missing`);
    return null;
  }
  if (eachSchema !== undefined && eachUrl !== undefined)
    throw wrong(command, '--each-schema and --each-url exclude each other');
  if (eachUrl !== undefined && url !== undefined)
    throw wrong(command, '--url and --each-url exclude each other');
  return {
    by: eachUrl === undefined ? { schema: eachSchema as string } : { file: eachUrl },
    concurrency: parseCount(command, 'concurrency', concurrency ?? '4', 1),
  };
}

export function parseCount(command: string, flag: string, text: string, least: number): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < least)
    throw wrong(command, `--${flag} has to be a whole number from ${least} to 9999, and is "${text}"`);
  return Number(text);
}

/** What was written, as it can be written again. */
export function renderTenantFlags({ by }: TenantFlags): string {
  return 'schema' in by ? `--each-schema '${by.schema}'` : `--each-url ${by.file}`;
}

function wrong(command: string, fault: string): ShipshapeError {
  return new ShipshapeError([makeFinding('usage-wrong', { fault, help: `npx shipshape ${command} --help` })]);
}
