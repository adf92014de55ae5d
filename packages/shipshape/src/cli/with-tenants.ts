// withTenants: the tenants that the command line means, for as long as something is done with them.
import { resolve } from 'node:path';
import { findTenants } from '../deploy/find-tenants.ts';
import type { Tenant } from '../deploy/fleet.ts';
import { readFleetFile } from '../deploy/read-fleet-file.ts';
import { connect } from '../postgres/connect.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { openDatabase } from './open-database.ts';
import type { TenantFlags } from './tenant-flags.ts';

export interface Tenants {
  readonly tenants: readonly Tenant[];
  /** Of one database; null where each is a database of its own. */
  readonly database: Target | null;
}

/** Throws ShipshapeError (exit 2) where they mean none, and as `openDatabase` does. */
export async function withTenants<T>(
  context: Context,
  config: Config,
  { by }: TenantFlags,
  act: (tenants: Tenants) => Promise<T>,
): Promise<T> {
  if ('file' in by)
    return act({
      tenants: await readFleetFile(resolve(context.cwd, by.file), context.env),
      database: null,
    });
  const { target, leave } = await openDatabase(config, context);
  try {
    const tenants = await withSession(target, (session) => findTenants(session, target, by.schema));
    return await act({ tenants, database: target });
  } finally {
    await leave();
  }
}

export async function withSession<T>(target: Target, ask: (session: OwnSession) => Promise<T>): Promise<T> {
  const session = await connect(target, { applicationName: 'shipshape:fleet' });
  try {
    return await ask(session);
  } finally {
    await session.close();
  }
}
