// Round trip: a schema of every kind is read, restored and read again as the same, on every version.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { renderCreate } from '../../src/plan/render-create.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import {
  firstVersionOf,
  rebuildable,
  schemaOf,
  uncomparedOf,
  useDatabases,
} from '../introspect/databases.ts';
import { isLong, onEveryVersion } from '../introspect/matrix.ts';

const title = (name: string): string => name.replace('--', ': ');
const casesOf = (major: number) => rebuildable.filter((name) => firstVersionOf(name) <= major);

onEveryVersion(
  (major) => {
    const databases = useDatabases(major);
    for (const name of casesOf(major))
      test(`${title(name)}, by the statements of the plan`, async () => {
        const { catalog } = await readCatalog(await databases.make(schemaOf(name)));
        const copy = await databases.make(uncomparedOf(name));
        for (const statement of renderCreate(catalog)) await copy.query(statement);
        expect((await readCatalog(copy)).catalog).toEqual(catalog);
      });
  },
  isLong ? [16, 17, 18] : [18],
);

onEveryVersion(
  (major) => {
    const databases = useDatabases(major);
    for (const name of casesOf(major))
      test(`${title(name)}, by pg_dump and psql`, async (context) => {
        if (process.env.CI === undefined && spawnSync('pg_dump', ['--version']).status !== 0)
          context.skip('pg_dump is not installed: apt-get install postgresql-client');
        const original = await databases.make(schemaOf(name));
        const copy = await databases.make();
        run(
          'psql',
          ['-q', '-v', 'ON_ERROR_STOP=1', await addressOf(copy)],
          run('pg_dump', [await addressOf(original)]),
        );
        const counted = { counted: true };
        const [one, other] = [await readCatalog(original, counted), await readCatalog(copy, counted)];
        expect(other.catalog).toEqual(one.catalog);
        expect(other.uncompared).toEqual(one.uncompared);
      });
  },
  isLong ? [14, 15] : [14],
);

async function addressOf(session: OwnSession): Promise<string> {
  const { rows } = await session.query<{ database: string; folder: string; port: string }>(
    `SELECT current_database() AS database, current_setting('unix_socket_directories') AS folder,
            current_setting('port') AS port`,
  );
  const [{ database, folder, port }] = rows as readonly [{ database: string; folder: string; port: string }];
  return `host=${folder} port=${port} user=postgres dbname=${database}`;
}

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (error !== undefined) throw error;
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}
