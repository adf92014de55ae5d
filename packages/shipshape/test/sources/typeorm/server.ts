// A server for tests in which TypeORM connects by itself.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll } from 'vitest';

/** URLs of new databases, as long as the tests of the file run. */
export function useDatabases(): { make(): Promise<string> } {
  let server: ScratchServer;
  beforeAll(async () => {
    server = await startScratchServer();
  });
  afterAll(() => server.stop());
  return { make: () => server.createDatabase() };
}

/** What a data source takes, without `url`: a socket is a host to it. */
export function urlOf(url: string) {
  const at = new URL(url.replace('postgres://postgres@/', 'postgres://postgres@localhost/'));
  return {
    type: 'postgres',
    host: at.searchParams.get('host') ?? 'localhost',
    port: Number(at.searchParams.get('port')),
    username: 'postgres',
    database: at.pathname.slice(1),
  } as const;
}
