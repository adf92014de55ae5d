// readAdvance: how far a build of an index is.
import type { Session } from '../postgres/session.ts';
import type { Advance } from './run-order.ts';

/** Null when that session builds nothing. */
export async function readAdvance(session: Session, pid: number): Promise<Advance | null> {
  const { rows } = await session.query<Row>(
    `SELECT phase, lockers_done::int AS "lockersDone", lockers_total::int AS "lockersTotal",
       blocks_done::text AS "blocksDone", blocks_total::text AS "blocksTotal",
       tuples_done::text AS "tuplesDone", tuples_total::text AS "tuplesTotal"
     FROM pg_stat_progress_create_index WHERE pid = $1`,
    [pid],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { phase } = row;
  if (phase === null) return { phase: 'at work', done: null, total: null, unit: 'blocks' };
  if (phase.startsWith('waiting'))
    return { phase, done: row.lockersDone, total: row.lockersTotal, unit: 'transactions' };
  const [blocks, tuples] = [Number(row.blocksTotal), Number(row.tuplesTotal)];
  if (blocks > 0) return { phase, done: Number(row.blocksDone), total: blocks, unit: 'blocks' };
  if (tuples > 0) return { phase, done: Number(row.tuplesDone), total: tuples, unit: 'rows' };
  return { phase, done: null, total: null, unit: 'blocks' };
}

interface Row {
  readonly phase: string | null;
  readonly lockersDone: number;
  readonly lockersTotal: number;
  readonly blocksDone: string;
  readonly blocksTotal: string;
  readonly tuplesDone: string;
  readonly tuplesTotal: string;
}
