// What every test of this room needs: a server, databases in it, folders of migrations, and an order to run them.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll } from 'vitest';
import { ownBook } from '../../src/migrate/ledger.ts';
import { nothingPromised } from '../../src/migrate/nothing-promised.ts';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { run } from '../../src/migrate/run.ts';
import type { RunEvent, RunOrder, RunResult } from '../../src/migrate/run-order.ts';
import { connect } from '../../src/postgres/connect.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { OwnSession, Session } from '../../src/postgres/session.ts';
import { binariesOf } from '../introspect/matrix.ts';
import { type MakeFolder, useFolders } from './folders.ts';

export interface World {
  /** A new, empty database and a superuser's session in it. */
  database(): Promise<{ url: string; session: OwnSession }>;
  connect(url: string): Promise<OwnSession>;
  readonly folder: MakeFolder;
}

/** One server for all tests beside it, of that major version; everything is gone at its end. */
export function useWorld(major = 18): World {
  let server: ScratchServer;
  const sessions: OwnSession[] = [];
  const folder = useFolders();
  beforeAll(async () => {
    const binaries = binariesOf(major);
    server = await startScratchServer(binaries === undefined ? {} : { binaries });
  });
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await server?.stop();
  });
  const world: World = {
    async database() {
      const url = await server.createDatabase();
      return { url, session: await world.connect(url) };
    },
    async connect(url) {
      const session = await connect(url, { applicationName: 'test' });
      sessions.push(session);
      return session;
    },
    folder,
  };
  return world;
}

export interface Ran extends RunResult {
  readonly events: readonly RunEvent[];
}

/** Runs a folder in this process, with judgements that find nothing unless others are given. */
export async function runFolder(url: string, folder: string, changes: Partial<RunOrder> = {}): Promise<Ran> {
  const events: RunEvent[] = [];
  const { on, ...rest } = changes;
  const result = await run({
    target: parseTarget(url, {}),
    migrations: (await readFolder(folder)).migrations,
    book: ownBook,
    scope: '',
    through: null,
    leaseSeconds: 10,
    waitSeconds: 10,
    lockTimeoutMs: 200,
    ask: { mayApply: async () => [], ...nothingPromised },
    on: (event) => {
      events.push(event);
      on?.(event);
    },
    ...rest,
  });
  return { ...result, events };
}

/** Resolves when the condition holds; asks again every few milliseconds. */
export async function until(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const deadline = performance.now() + 25_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function column(
  session: Session,
  text: string,
  values?: readonly unknown[],
): Promise<readonly unknown[]> {
  const { rows } = await session.query<Record<string, unknown>>(text, values);
  return rows.map((row) => Object.values(row)[0]);
}

export async function ledgerIds(session: OwnSession): Promise<readonly unknown[]> {
  return column(session, 'SELECT id FROM shipshape.ledger ORDER BY id');
}
