// Which migration made what, told in two ways: by looking at what each changed, and by reading everything after each.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Folder } from '../../src/migrate/folder.ts';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { connect } from '../../src/postgres/connect.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { FollowedHistory } from '../../src/prove/follow-history.ts';
import { beginHistory } from '../../src/prove/history.ts';
import { type BeginHistory, replay } from '../../src/prove/replay.ts';
import { ShipshapeError } from '../../src/report/index.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Folders that hold cases, each with migrations. */
const places = [
  'packages/shipshape/test/prove/cases',
  'packages/shipshape/test/prove/folders/cases',
  'test/traps/cases',
];
const folders = [
  'apps/calls/migrations',
  'packages/shipshape/test/sources/drizzle/fixtures/drizzle-kit/migrations',
  ...places.flatMap((place) =>
    readdirSync(join(root, place))
      .map((name) => join(place, name, 'migrations'))
      .filter((folder) => existsSync(join(root, folder))),
  ),
];

/** Reads everything after each. */
const byReading: BeginHistory = async (session, ownSchemas) => {
  let history = beginHistory(session, ownSchemas);
  const note: FollowedHistory['note'] = (id) => history.note(id);
  return {
    note,
    beginPart: async () => ({ note }),
    restart: () => {
      history = beginHistory(session, ownSchemas);
    },
    get provenance() {
      return history.provenance;
    },
    made: new Map(),
    close: async () => undefined,
  };
};

let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

async function tell(folder: Folder, begin?: BeginHistory) {
  const target = parseTarget(await server.createDatabase(), {});
  const session = Object.assign(await connect(target), { target });
  try {
    // Seals are made by one of them alone, in what it reads.
    const { made: _, ...told } = await replay(folder, session, [], begin);
    return told;
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return error.findings.map(({ code }) => code);
  } finally {
    await session.close();
  }
}

describe('both ways tell the same of', () => {
  test.each(folders)('%s', async (path) => {
    const folder = await readFolder(join(root, path)).catch((error: unknown) => {
      if (!(error instanceof ShipshapeError)) throw error;
      return null;
    });
    if (folder === null || folder.format === 'scripts') return;
    expect(await tell(folder)).toEqual(await tell(folder, byReading));
  });

  test.each([
    [
      'a file that ends the transaction of all',
      [
        'CREATE TABLE a (id int)',
        'CREATE TABLE b (id int); COMMIT; CREATE TABLE c (id int)',
        'ALTER TABLE a ADD COLUMN x int',
      ],
    ],
    [
      'a file that begins another one',
      [
        'CREATE TABLE a (id int)',
        'COMMIT; BEGIN; ALTER TABLE a ADD COLUMN x int',
        'ALTER TABLE a ADD COLUMN y int',
        'ALTER TABLE a RENAME TO b',
      ],
    ],
    [
      'a file that forgets prepared statements',
      [
        'CREATE TABLE a (id int)',
        'DEALLOCATE ALL; ALTER TABLE a ADD COLUMN x int',
        'DROP TABLE a; CREATE TABLE a (id bigint)',
      ],
    ],
    [
      'a transaction that is left open',
      [
        'CREATE TABLE a (id int); BEGIN; ALTER TABLE a ADD COLUMN x int',
        'ALTER TABLE a ADD COLUMN y int',
        'ALTER TABLE a ADD COLUMN z int; COMMIT',
        'ALTER TABLE a DROP COLUMN x',
      ],
    ],
    [
      'a block that swallows an error',
      [
        'CREATE TABLE a (id int)',
        `CREATE TABLE b (id int); DO 'BEGIN ALTER TABLE b ADD CHECK (id > 0), ADD COLUMN id int; EXCEPTION WHEN duplicate_column THEN NULL; END'`,
        'ALTER TABLE a ADD COLUMN x int',
      ],
    ],
  ] as const)('%s', async (_, files) => {
    const whole = await readFolder(
      join(
        root,
        'packages/shipshape/test/prove/folders/cases/running-1--drizzle-one-transaction-for-all/migrations',
      ),
    );
    for (const rule of ['all files', 'as it allows'] as const) {
      const migrations = files.map((sql, at) => ({
        ...(whole.migrations[0] as (typeof whole.migrations)[number]),
        id: `${at}`,
        sql,
        pieces: [{ text: sql, line: 1 }],
        rule,
      }));
      const told = await tell({ ...whole, migrations });
      expect(told).toEqual(await tell({ ...whole, migrations }, byReading));
      if (rule === 'all files') expect(told).toHaveProperty('provenance');
    }
  });
});
