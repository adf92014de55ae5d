// Who still needs the server: our parent, and every process that holds a connection to the lease socket.
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';

export interface Holders {
  /** Resolves once nobody has needed the server for the grace time, or when we are asked to end. */
  readonly unused: Promise<void>;
  /** Answers each holder with a line, and removes the socket on close. Holders before `open` wait for nothing. */
  open(path: string, hello: string): Promise<void>;
  /** From here on nobody can come to hold it, and who does is told that it is lost. */
  close(): void;
}

/** The kernel closes the connections of a process however it dies, so none can be left behind. */
export function makeHolders(graceMs: number): Holders {
  const sockets = new Set<Socket>();
  let greeting = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let resolveUnused: () => void = () => undefined;
  const unused = new Promise<void>((resolve) => {
    resolveUnused = resolve;
  });
  const judge = () => {
    clearTimeout(timer);
    if (process.connected || sockets.size > 0) return;
    timer = setTimeout(() => {
      close();
      resolveUnused();
    }, graceMs);
  };
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      judge();
    });
    socket.resume();
    if (closed) socket.destroy();
    else socket.write(`${greeting}\n`);
    judge();
  });
  const close = () => {
    closed = true;
    if (listener.listening) listener.close();
    for (const socket of sockets) socket.destroy();
  };
  process.on('disconnect', judge);
  // Our parent may have died before we listened for that.
  judge();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      close();
      resolveUnused();
    });
  }
  return {
    unused,
    close,
    async open(path, hello) {
      if (closed) return;
      greeting = hello;
      rmSync(path, { force: true });
      await new Promise<void>((resolve, reject) => {
        listener.once('error', reject);
        listener.listen(path, resolve);
      });
    },
  };
}
