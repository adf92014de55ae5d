// The program of a keeper: a process of its own session that owns one server for as long as somebody needs it.
import { EmbeddedError, renderThrown } from '../embedded-error.ts';
import { keepKept } from './keep-kept.ts';
import { keepScratch } from './keep-scratch.ts';
import type { Answer, Order } from './order.ts';

function answer(text: Answer): void {
  // A parent that died meanwhile needs no answer; its absence is what the holders are watched for.
  if (process.connected) process.send?.(text, () => undefined);
}

async function keep(order: Order): Promise<void> {
  try {
    await (order.kind === 'scratch' ? keepScratch(order, answer) : keepKept(order, answer));
  } catch (thrown) {
    const known = thrown instanceof EmbeddedError ? thrown : null;
    answer({
      state: 'failed',
      error: {
        code: known?.code ?? 'embedded-start-failed',
        message: known?.message ?? 'The keeper of the embedded PostgreSQL failed.',
        because: known?.because ?? renderThrown(thrown),
        do:
          known?.do ??
          'see whether disk and memory have room, and whether the folder named above can be written',
      },
    });
  }
  if (process.connected) process.disconnect();
}

// Sockets, logs and passwords are this account's own; what the server's account needs is opened one by one.
process.umask(0o077);
await keep(JSON.parse(process.argv[2]!) as Order);
