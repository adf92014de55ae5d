// awaitReplicas: a backfill writes no faster than its replicas can follow.
import { DatabaseError } from '../../postgres/database-error.ts';
import { isConnectionLost } from '../connection-lost.ts';
import type { Migration } from '../migration.ts';
import { rest } from '../retrying.ts';
import type { Scene } from '../scene.ts';

const lookEveryMs = 1000;
const tellEveryMs = 5000;
const usualLimit = { seconds: 10, bytes: 256 * 1024 * 1024 };
/** Behind by time alone counts only where so much is not yet replayed: an idle replica's last word may be old. */
const someBytes = 1024 * 1024;

interface Lagging {
  readonly replica: string;
  readonly seconds: number;
  readonly megabytes: number;
}

/** Asks at most once a second. Replicas that the role may not see (without pg_monitor) are not waited for. */
export function makeReplicaWatch(scene: Scene, migration: Migration, line: number): () => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - lookedAt < lookEveryMs) return;
    for (let behind = await readLagging(scene); behind !== null; behind = await readLagging(scene)) {
      if (performance.now() - toldAt >= tellEveryMs) {
        toldAt = performance.now();
        scene.order.on({ kind: 'waiting for replica', migration: migration.id, line, ...behind });
      }
      await rest(scene, migration, lookEveryMs);
    }
    lookedAt = performance.now();
  };
}

/** The one that is furthest behind, if it is too far. A server that does not tell has none that are waited for. */
async function readLagging({ runner, order }: Scene): Promise<Lagging | null> {
  try {
    const { seconds, bytes } = order.replicaLimit ?? usualLimit;
    const { rows } = await runner.beat.query<Lagging>(lagging, [bytes, seconds, someBytes]);
    return rows[0] ?? null;
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error)) throw error;
    return null;
  }
}

const lagging = `
  SELECT replica, seconds, bytes / 1048576 AS megabytes FROM (
    SELECT coalesce(nullif(application_name, ''), host(client_addr), 'pid ' || pid) AS replica,
      coalesce(extract(epoch FROM replay_lag), 0)::float8 AS seconds,
      pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::float8 AS bytes
    FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn IS NOT NULL) AS replicas
  WHERE bytes > $1::float8 OR (seconds > $2::float8 AND bytes > $3::float8) ORDER BY bytes DESC LIMIT 1`;
