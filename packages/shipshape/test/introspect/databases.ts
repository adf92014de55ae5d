// Real databases for tests: one server a test file, one database a test.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';

export interface Databases {
  /** A session in a new database, in which `sql` was run. */
  make(sql?: string): Promise<OwnSession>;
  /** One more session in the database of another, as another role if one is named. */
  join(session: OwnSession, user?: string): Promise<OwnSession>;
}

/**
 * Starts a server before the tests of the file and ends it after them. What a test has made ends with that test: a
 * server takes about a hundred connections.
 */
export function useDatabases(): Databases {
  let server: Awaited<ReturnType<typeof startScratchServer>>;
  const urls = new Map<OwnSession, string>();
  const ofThisTest = new Set<OwnSession>();
  beforeAll(async () => {
    server = await startScratchServer();
  });
  afterEach(async () => {
    await Promise.all([...ofThisTest].map((session) => session.close()));
    const made = new Set([...ofThisTest].map((session) => urls.get(session) as string));
    for (const session of ofThisTest) urls.delete(session);
    ofThisTest.clear();
    const kept = new Set([...urls.values()].map(nameOf));
    for (const name of new Set([...made].map(nameOf))) if (!kept.has(name)) await server.dropDatabase(name);
  });
  afterAll(async () => {
    await Promise.all([...urls.keys()].map((session) => session.close()));
    await server.stop();
  });
  const open = async (url: string) => {
    const session = await connect(url);
    urls.set(session, url);
    if (expect.getState().currentTestName !== undefined) ofThisTest.add(session);
    return session;
  };
  return {
    async make(sql = '') {
      const session = await open(await server.createDatabase());
      await session.query(sql);
      return session;
    },
    async join(session, user = 'postgres') {
      const url = urls.get(session) as string;
      return open(url.replace('postgres://postgres@', `postgres://${encodeURIComponent(user)}@`));
    },
  };
}

/** The database that a URL leads to. */
const nameOf = (url: string): string => /@\/([^?]+)\?/.exec(url)?.[1] as string;

const folder = new URL('cases/', import.meta.url);

/** Names of the folders under `cases/`. */
export const cases: readonly string[] = readdirSync(folder).sort();

export function schemaOf(name: string): string {
  return readFileSync(new URL(`${name}/schema.sql`, folder), 'utf8');
}

/** Where the case's catalog is, as people have checked it. */
export function goldenOf(name: string): string {
  return fileURLToPath(new URL(`${name}/catalog.json`, folder));
}
