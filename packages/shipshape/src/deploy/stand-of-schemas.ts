// readStandOfSchemas: what is pending in each tenant's schema, by one look at the ledger.
import { readHistories } from '../migrate/ledger.ts';
import type { Session } from '../postgres/session.ts';
import type { Tenant } from './fleet.ts';
import { judgeHistory } from './judge-history.ts';
import type { Release } from './migrate.ts';

export interface StandOfSchema {
  readonly tenant: Tenant;
  /** As far as this release goes, in order. */
  readonly pending: readonly string[];
  /** Nothing would be applied: its history is not built upon. */
  readonly refused: boolean;
}

/** In the order of the tenants. Reads only. Throws ShipshapeError (exit 4) where the role may not read the ledger. */
export async function readStandOfSchemas(
  session: Session,
  { migrations, through }: Release,
  tenants: readonly Tenant[],
): Promise<readonly StandOfSchema[]> {
  const scopes = tenants.map(({ scope }) => scope);
  const histories = await readHistories(session, migrations, scopes);
  const last = migrations.findIndex(({ id }) => id === through);
  const within = new Set(migrations.slice(0, last + 1).map(({ id }) => id));
  return tenants.flatMap((tenant) => {
    const history = histories.get(tenant.scope);
    if (history === undefined) return [];
    const pending = history.pending.map(({ id }) => id).filter((id) => within.has(id));
    const judged = judgeHistory(history, migrations, true);
    return [{ tenant, pending, refused: judged.some(({ severity }) => severity === 'error') }];
  });
}
