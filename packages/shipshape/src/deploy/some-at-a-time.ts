// someAtATime: many things done by a few workers.

/** As many at once as `limit`; each only while `mayBegin`. Settles when none is under way; rejects with what one of them threw. */
export async function someAtATime<T>(
  items: readonly T[],
  limit: number,
  mayBegin: () => boolean,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let broken = false;
  const worker = async () => {
    for (const item of waiting) {
      if (broken || !mayBegin()) return;
      await act(item).catch((error: unknown) => {
        broken = true;
        throw error;
      });
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker);
  for (const settled of await Promise.allSettled(workers))
    if (settled.status === 'rejected') throw settled.reason;
}
