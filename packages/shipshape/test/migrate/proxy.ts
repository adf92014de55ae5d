// A TCP proxy in front of the server that can lose what passes through it.
import { createServer, connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach } from 'vitest';

export interface Between {
  /** The same database, through the proxy. */
  readonly url: string;
  /** Every connection that is open. */
  cut(): void;
  /** What is sent from now on arrives when the time is over, in order: as when packets are lost for a while. */
  stall(milliseconds: number): void;
  close(): Promise<void>;
}

export interface Wire {
  /** The application's name in the startup packet: `shipshape:work:…`. */
  readonly application: string;
  readonly client: Socket;
  readonly server: Socket;
}

export interface Meddling {
  /** False keeps the bytes back. */
  readonly toServer?: (wire: Wire, data: Buffer) => boolean;
  /** What the client gets in place of them. */
  readonly toClient?: (wire: Wire, data: Buffer) => Buffer;
  /** False refuses a new connection. */
  readonly accept?: () => boolean;
}

/** Proxies for the tests beside it, closed when each of them is over. Gives the database's URL through a new one. */
export function useProxies(): (url: string, meddling: Meddling) => Promise<string> {
  const proxies: Between[] = [];
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });
  return async (url, meddling) => {
    const proxy = await startProxy(url, meddling);
    proxies.push(proxy);
    return proxy.url;
  };
}

/** `url` as the scratch server gives it (its socket's folder is in `host`), or of a port on this machine. */
export async function startProxy(
  url: string,
  { toServer, toClient, accept }: Meddling = {},
): Promise<Between> {
  const { searchParams, pathname, port: tcpPort } = new URL(url.replace('@/', '@localhost/'));
  const folder = searchParams.get('host');
  const dialServer = () =>
    folder === null
      ? dial(Number(tcpPort), '127.0.0.1')
      : dial(join(folder, `.s.PGSQL.${searchParams.get('port')}`));
  const sockets = new Set<Socket>();
  let stalled: Promise<void> | null = null;
  /** At once, or when the line is good again; one after the other either way. */
  const pass = (to: Socket, data: Buffer) => {
    if (stalled === null) to.write(data);
    else void stalled.then(() => to.destroyed || to.write(data));
  };
  const proxy = createServer((client) => {
    if (accept?.() === false) {
      client.destroy();
      return;
    }
    const server = dialServer();
    let application = '';
    for (const socket of [client, server]) {
      sockets.add(socket);
      // Cut on purpose, by either side: the ends say it themselves.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (data: Buffer) => {
      application ||= /application_name\0([^\0]+)/.exec(data.toString('latin1'))?.[1] ?? '';
      if (toServer?.({ application, client, server }, data) !== false) pass(server, data);
    });
    server.on('data', (data: Buffer) => {
      pass(client, toClient?.({ application, client, server }, data) ?? data);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as { port: number };
  return {
    url: `postgres://postgres@127.0.0.1:${port}${pathname}`,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    stall(milliseconds) {
      const over = new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
      stalled = over;
      void over.then(() => {
        if (stalled === over) stalled = null;
      });
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
