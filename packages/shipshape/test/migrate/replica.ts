// A replica as far as the server can tell: takes the stream of WAL, and says that it has replayed what it is told to say.
import { Client } from 'pg';
import type { Session } from '../../src/postgres/session.ts';

export interface Replica {
  /** Says that all is replayed that the server has written by now. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** The streaming replication protocol (manual 54.4): START_REPLICATION, and "standby status update" in CopyData. */
export async function startReplica(url: string, name: string, session: Session): Promise<Replica> {
  const client = new Client({ connectionString: url, application_name: name, replication: 'true' } as object);
  await client.connect();
  const connection = (
    client as unknown as { connection: NodeJS.EventEmitter & { stream: NodeJS.WritableStream } }
  ).connection;
  const position = async () => {
    const { rows } = await session.query<{ lsn: string; bytes: string }>(
      `SELECT pg_current_wal_lsn()::text AS lsn, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS bytes`,
    );
    return rows[0] as { lsn: string; bytes: string };
  };
  const begin = await position();
  const started = new Promise((resolve) => connection.once('replicationStart', resolve));
  client.on('error', () => undefined);
  client.query(`START_REPLICATION PHYSICAL ${begin.lsn}`).catch(() => undefined);
  await started;
  const say = (bytes: bigint) => {
    const body = Buffer.alloc(39);
    body.write('d', 0);
    body.writeInt32BE(38, 1);
    body.write('r', 5);
    for (const at of [6, 14, 22]) body.writeBigInt64BE(bytes, at);
    connection.stream.write(body);
  };
  say(BigInt(begin.bytes));
  return {
    catchUp: async () => say(BigInt((await position()).bytes)),
    close: async () => {
      (connection.stream as unknown as { destroy(): void }).destroy();
    },
  };
}
