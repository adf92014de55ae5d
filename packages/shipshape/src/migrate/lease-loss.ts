// Whether what failed did so because this runner lost its lease, and the finding that says so.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { isConnectionLost } from './connection-lost.ts';
import type { Lock } from './lock.ts';
import { type Progress, standOf } from './scene.ts';

/**
 * Whoever loses its lease ends its own session, or has it ended by whoever takes over: what was under way tells no more
 * than that its connection is gone. Null where the lease is held.
 */
export async function whyLeaseLost({ heartbeat }: Lock, error: unknown): Promise<string | null> {
  if (isConnectionLost(error)) await heartbeat.beatNow();
  return heartbeat.lostBecause();
}

/** For what was under way outside of a migration: `lease-lost` in place of a lost connection, where that is why. */
export async function explainLeaseLoss(lock: Lock, progress: Progress, error: unknown): Promise<unknown> {
  if (!isConnectionLost(error)) return error;
  const reason = await whyLeaseLost(lock, error);
  if (reason === null) return error;
  return new ShipshapeError([makeFinding('lease-lost', { reason, ...standOf(progress) })], { cause: error });
}
