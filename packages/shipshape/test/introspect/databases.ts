// Real databases for tests: one server a test file, one database a test.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { binariesOf, majors } from './matrix.ts';

export interface Databases {
  /** A session in a new database, in which `sql` was run. */
  make(sql?: string): Promise<OwnSession>;
  /** One more session in the database of another, as another role if one is named. */
  join(session: OwnSession, user?: string): Promise<OwnSession>;
}

/**
 * Starts a server before the tests of the file and ends it after them. What a test has made ends with that test: a
 * server takes about a hundred connections. `major`: the version of PostgreSQL, 18 unasked.
 */
export function useDatabases(major = 18): Databases {
  let server: Awaited<ReturnType<typeof startScratchServer>>;
  const urls = new Map<OwnSession, string>();
  const ofThisTest = new Set<OwnSession>();
  beforeAll(async () => {
    const binaries = binariesOf(major);
    server = await startScratchServer(binaries === undefined ? {} : { binaries });
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

/** The first version that takes the case's schema: it says so where that is not every one. */
export function firstVersionOf(name: string): number {
  return Number(/^-- from PostgreSQL (\d+)$/m.exec(schemaOf(name))?.[1] ?? 14);
}

/**
 * Where the case's catalog is, as people have checked it. `catalog-15.json` is that of versions up to 15, where those
 * print something otherwise.
 */
export function goldenOf(name: string, major = 18): string {
  const own = majors
    .filter((each) => each >= major)
    .map((each) => fileURLToPath(new URL(`${name}/catalog-${each}.json`, folder)))
    .find((file) => existsSync(file));
  return own ?? fileURLToPath(new URL(`${name}/catalog.json`, folder));
}

/** What the case rests on and no catalog holds: to be made before it is built from its catalog. */
export function uncomparedOf(name: string): string {
  const file = new URL(`${name}/uncompared.sql`, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * An index of a partitioned table that no partition follows (CREATE INDEX … ON ONLY) is not valid, and is built as it was
 * meant: with one on each partition.
 */
export const rebuildable: readonly string[] = cases.filter((name) => name !== 'indexes--of-partitions');
