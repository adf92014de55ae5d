// Stand: where the migrations of a folder and what is applied in a database stand to each other.
import type { TableName } from '../catalog/index.ts';
import type { Begun } from '../migrate/read-begun.ts';

/** A ledger that knows migrations after the last file is that of a newer release: fine in a rolling deploy. */
export const states = [
  'applied',
  'pending',
  'failed',
  'passed over',
  'edited',
  'not in the folder',
  'of a newer release',
] as const;
export type State = (typeof states)[number];

const agreeing: readonly State[] = ['applied', 'of a newer release'];

export interface StandRow {
  readonly id: string;
  readonly state: State;
  /** ISO 8601, server clock. */
  readonly appliedAt: string | null;
  /** What is done of one that is pending and not one transaction. */
  readonly begun?: Omit<Begun, 'migration' | 'scope'>;
}

export interface Stand {
  readonly rows: readonly StandRow[];
  /** What was read: `the ledger`, `drizzle.__drizzle_migrations`. */
  readonly read: string;
  /** What applies what is pending. */
  readonly act: string;
  /** The table of another tool that was read. */
  readonly foreignLedger: TableName | null;
}

export function isAgreed({ rows }: Pick<Stand, 'rows'>): boolean {
  return rows.every(({ state }) => agreeing.includes(state));
}

/** `1 applied, 2 pending` */
export function countStates({ rows }: Pick<Stand, 'rows'>): string {
  return states
    .map((state) => ({ state, of: rows.filter((row) => row.state === state).length }))
    .filter(({ of }) => of > 0)
    .map(({ state, of }) => `${of} ${state}`)
    .join(', ');
}
