// useWorkplace: for each test a folder of its own, an empty database, and the command that is run on them.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { type Project, type Ran, shipshape } from './shipshape-process.ts';

export interface Workplace {
  readonly folder: string;
  /** What the command finds in its environment: the database, and the server for throwaway ones. */
  readonly env: Readonly<Record<'DATABASE_URL' | 'SHIPSHAPE_SCRATCH_URL', string>>;
  run(...args: readonly string[]): Promise<Ran>;
  /** The rows of the last statement. */
  query(...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** The first column of them. */
  ask(statement: string): Promise<readonly unknown[]>;
}

export function useWorkplace(make: () => Project): Workplace {
  let server: ScratchServer;
  let project: Project;
  let url: string;
  beforeAll(async () => {
    server = await startScratchServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    project = make();
    url = await server.createDatabase();
  });
  afterEach(() => project.remove());
  const workplace: Workplace = {
    get folder() {
      return project.folder;
    },
    get env() {
      return { DATABASE_URL: url, SHIPSHAPE_SCRATCH_URL: server.url('postgres') };
    },
    run: (...args) => shipshape(args, { cwd: project.folder, env: workplace.env }),
    async query(...statements) {
      const session = await connect(url);
      try {
        let rows: readonly Record<string, unknown>[] = [];
        for (const statement of statements)
          ({ rows } = await session.query<Record<string, unknown>>(statement));
        return rows;
      } finally {
        await session.close();
      }
    },
    ask: async (statement) => (await workplace.query(statement)).map((row) => Object.values(row)[0]),
  };
  return workplace;
}
