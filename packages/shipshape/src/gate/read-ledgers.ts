// readLedger, readLedgers: what is applied here. What the role may not read is told, and hides nothing that is wrong with the tables.
import type { LedgerEntry } from '../catalog/index.ts';
import { readHistories } from '../migrate/ledger.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, ShipshapeError } from '../report/index.ts';

export interface SeenLedger {
  /** Null where there is none, or it may not be read. */
  readonly ledger: readonly LedgerEntry[] | null;
  /** Why the ledger is not known. */
  readonly problem: readonly Finding[];
}

export async function readLedger(session: Session): Promise<SeenLedger> {
  return (await readLedgers(session, ['']))('');
}

/** Of the database itself (''), and of tenants by their schemas. */
export async function readLedgers(
  session: Session,
  scopes: readonly string[],
): Promise<(scope: string) => SeenLedger> {
  try {
    const histories = await readHistories(session, [], scopes);
    return (scope) => {
      const history = histories.get(scope);
      return { ledger: history?.ledgerFound === true ? history.applied : null, problem: [] };
    };
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    const problem = error.findings.map((each) => ({ ...each, severity: 'warning' as const }));
    return () => ({ ledger: null, problem });
  }
}
