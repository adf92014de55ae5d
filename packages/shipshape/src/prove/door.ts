// openDoor: a password and a port in front of a scratch server's socket, for programs that know no other way in.
import { timingSafeEqual } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Door {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends every connection that came through. */
  close(): Promise<void>;
}

/** Request codes that come in the place of a protocol version (manual 54.7). */
const encryptionAsked = [80877103, 80877104];
const cancelAsked = 80877102;

/**
 * The server trusts whoever reaches its socket, which lies in a folder of ours; a port is reached by every account of
 * the machine, so the door asks for the password itself (AuthenticationCleartextPassword) and then lets all through.
 */
export async function openDoor(socketPath: string, password: string): Promise<Door> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A connection that breaks is the client's own concern.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    admit(client, password, (opening) => {
      const upstream = connect(socketPath);
      keep(upstream);
      upstream.write(opening);
      client.pipe(upstream).pipe(client);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Calls `enter` with the first message that the server is to get. */
function admit(client: Socket, password: string, enter: (opening: Buffer) => void): void {
  let received = Buffer.alloc(0);
  let startup: Buffer | null = null;
  const take = (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      // After the startup message each one begins with a letter.
      const head = startup === null ? 0 : 1;
      if (received.length < head + 4) return;
      const length = head + received.readInt32BE(head);
      if (received.length < length) return;
      const message = received.subarray(0, length);
      received = received.subarray(length);
      if (startup !== null) {
        client.off('data', take);
        if (!isPassword(message, password)) return refuse(client);
        return pass(Buffer.concat([startup, received]));
      }
      const code = message.readInt32BE(4);
      if (encryptionAsked.includes(code)) client.write('N');
      else if (code === cancelAsked) {
        client.off('data', take);
        return pass(message);
      } else {
        startup = message;
        client.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      }
    }
  };
  const pass = (opening: Buffer) => {
    client.pause();
    enter(opening);
  };
  client.on('data', take);
}

function isPassword(message: Buffer, password: string): boolean {
  const given = message.subarray(5, -1);
  const wanted = Buffer.from(password);
  return message[0] === 0x70 && given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuse(client: Socket): void {
  const fields = 'SFATAL\0C28P01\0Mthe password of the scratch database is wrong\0\0';
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  client.end(Buffer.concat([head, Buffer.from(fields)]));
}
