// Work that ends when its time is over or its caller gives up.

/**
 * Gives the work a signal that fires after so many milliseconds, with a TimeoutError, or when the caller's own does.
 * Not `AbortSignal.any` with `AbortSignal.timeout`: on Node 20 the inner time-out may be collected as garbage and then never fires.
 */
export async function withDeadline<T>(
  ms: number,
  caller: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller.throwIfAborted();
  const deadline = new AbortController();
  const giveUp = (): void => deadline.abort(caller.reason);
  caller.addEventListener('abort', giveUp, { once: true });
  const timer = setTimeout(() => {
    deadline.abort(new DOMException(`no end within the timeout of ${ms} ms`, 'TimeoutError'));
  }, ms);
  try {
    return await work(deadline.signal);
  } finally {
    clearTimeout(timer);
    caller.removeEventListener('abort', giveUp);
  }
}
