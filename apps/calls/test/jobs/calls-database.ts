// A scratch server whose databases hold the service's schema, its job queue and one tenant.
import { runMigrations } from 'graphile-worker';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { type Database, openDatabase } from '../../src/db/client.ts';
import { applyMigrations } from '../support/database.ts';

export interface CallsServer {
  readonly server: ScratchServer;
  /** A database of its own, made from a template. */
  readonly newDatabase: () => Promise<{ database: Database; name: string }>;
  readonly stop: () => Promise<void>;
}

const template = 'calls_with_queue';

export async function startCallsServer(): Promise<CallsServer> {
  const server = await startScratchServer();
  const opened: Database[] = [];
  // A test may cut connections on purpose.
  const open = (url: string): Database => openDatabase(url, () => undefined);
  const url = await server.createDatabase(template);
  await applyMigrations(url);
  const first = open(url);
  await runMigrations({ pgPool: first.pool });
  await first.pool.query(`insert into business (name) values ('the tenant')`);
  await first.close();
  return {
    server,
    async newDatabase() {
      const name = `calls_${opened.length}`;
      const url = await server.createDatabase(name, { template });
      const database = open(url);
      opened.push(database);
      return { database, name };
    },
    async stop() {
      await Promise.all(opened.map((database) => database.close()));
      await server.stop();
    },
  };
}
