// readStandsOfSchemas, readStandsOfDatabases: the same as readStand, of many tenants.
import { assertOwnFolder } from '../migrate/assert-own-folder.ts';
import type { Folder } from '../migrate/folder.ts';
import { readHistories } from '../migrate/ledger.ts';
import type { History } from '../migrate/migration.ts';
import { type Begun, readBegun } from '../migrate/read-begun.ts';
import { connect } from '../postgres/connect.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, ShipshapeError } from '../report/index.ts';
import type { Tenant } from './fleet.ts';
import { readStand, type StandOptions, standOf } from './read-stand.ts';
import { someAtATime } from './some-at-a-time.ts';
import type { Stand } from './stand.ts';

export interface TenantStand {
  readonly tenant: Tenant;
  /** Null where it could not be read: the findings say why. */
  readonly stand: Stand | null;
  readonly findings: readonly Finding[];
}

/**
 * A few questions to the server, however many they are. In the order of the tenants. Throws ShipshapeError: exit 4 where the
 * role may not read the ledger, `fleet-of-another-tool` (exit 2).
 */
export async function readStandsOfSchemas(
  session: Session,
  folder: Folder,
  tenants: readonly Tenant[],
): Promise<readonly TenantStand[]> {
  assertOwnFolder(folder);
  const { migrations } = folder;
  const scopes = tenants.map(({ scope }) => scope);
  const histories = await readHistories(session, migrations, scopes);
  const begun = new Map<string, Begun[]>(scopes.map((scope) => [scope, []]));
  for (const each of await readBegun(session, scopes)) begun.get(each.scope)?.push(each);
  return tenants.map((tenant) => {
    const history = histories.get(tenant.scope) as History;
    const stand = standOf(history, migrations, begun.get(tenant.scope) ?? []);
    return { tenant, stand, findings: [] };
  });
}

/** In the order of the tenants. One that cannot be read hides no other. */
export async function readStandsOfDatabases(
  folder: Folder,
  options: StandOptions,
  tenants: readonly Tenant[],
  concurrency: number,
): Promise<readonly TenantStand[]> {
  const read = new Map<string, TenantStand>();
  const look = async (tenant: Tenant) => {
    try {
      const session = await connect(tenant.target, { applicationName: 'shipshape:status' });
      try {
        read.set(tenant.name, { tenant, stand: await readStand(session, folder, options), findings: [] });
      } finally {
        await session.close();
      }
    } catch (error) {
      if (!(error instanceof ShipshapeError)) throw error;
      read.set(tenant.name, { tenant, stand: null, findings: error.findings });
    }
  };
  await someAtATime(tenants, concurrency, () => true, look);
  return tenants.flatMap(({ name }) => read.get(name) ?? []);
}
