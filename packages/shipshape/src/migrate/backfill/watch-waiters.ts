// watchWaiters: whether anybody waits for the locks of our own transaction while it runs.
import type { Runner } from '../runner.ts';

const firstMs = 50;
const everyMs = 100;

/** Until the returned function is called, which says whether anybody was seen. */
export function watchWaiters(runner: Runner): () => boolean {
  let seen = false;
  let looking = false;
  const look = async () => {
    const pid = runner.backend?.pid;
    if (looking || seen || pid === undefined) return;
    looking = true;
    // A look that fails says nothing: whether the second connection lives is the heartbeat's question.
    seen = await hasWaiters(runner, pid).catch(() => false);
    looking = false;
  };
  const timers = [setTimeout(look, firstMs), setInterval(look, everyMs)];
  return () => {
    for (const timer of timers) clearTimeout(timer);
    return seen;
  };
}

async function hasWaiters({ beat }: Runner, pid: number): Promise<boolean> {
  const { rows } = await beat.query<{ waits: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_locks l WHERE NOT l.granted AND $1 = ANY (pg_blocking_pids(l.pid))) AS waits',
    [pid],
  );
  return rows[0]?.waits === true;
}
