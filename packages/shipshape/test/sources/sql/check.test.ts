// `shipshape check` over files of SQL and migrations: a column more and no migration is exit 1, with its line.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipshape } from '../../cli/shipshape-process.ts';
import { makeProject } from '../drizzle/project.ts';

let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

const migration = `CREATE TABLE stamps (created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE calls (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sid varchar(34) NOT NULL UNIQUE)
  INHERITS (stamps);
CREATE VIEW recent AS SELECT id, sid FROM calls WHERE created_at > now() - interval '1 day';
`;
const schema = {
  'db/all.sql': '\\ir tables/stamps.sql\n\\ir tables/calls.sql\nSET search_path = public;\n',
  'db/tables/stamps.sql':
    'CREATE TABLE stamps (\n  created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP\n);\n',
  'db/tables/calls.sql': `CREATE TABLE calls (
  id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sid character varying(34) NOT NULL UNIQUE
) INHERITS (stamps);
CREATE VIEW recent AS SELECT id, sid FROM calls WHERE created_at > now() - interval '1 day';
ALTER TABLE calls OWNER TO calls_admin;
`,
};

interface Report {
  readonly verdict: string;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly address?: string;
    readonly origin?: { readonly file: string; readonly line: number };
  }[];
}

async function check(more: Readonly<Record<string, string>>) {
  const root = makeProject({ ...schema, ...more, 'migrations/0001_calls.sql': migration }, []);
  const { exit, stdout } = await shipshape(
    ['check', '--schema-sql', 'db/all.sql', '--migrations', 'migrations', '--json'],
    { cwd: root, env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres') } },
  );
  const report = JSON.parse(stdout) as Report;
  const errors = report.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, address, origin }) => `${code} ${address ?? ''} ${origin?.file}:${origin?.line}`);
  return { exit, errors };
}

test('files and migrations that agree', async () => {
  expect(await check({})).toEqual({ exit: 0, errors: [] });
});

test('a column more in CREATE TABLE', async () => {
  const calls = schema['db/tables/calls.sql'].replace('UNIQUE\n', 'UNIQUE,\n  mode text\n');
  expect(await check({ 'db/tables/calls.sql': calls })).toEqual({
    exit: 1,
    errors: ['forgotten-migration calls.mode db/tables/calls.sql:4'],
  });
});

test('a column more by ALTER TABLE, in the table and in the one that inherits it', async () => {
  const all = `${schema['db/all.sql']}ALTER TABLE stamps\n  ADD COLUMN ended_at timestamptz;\n`;
  expect(await check({ 'db/all.sql': all })).toEqual({
    exit: 1,
    errors: [
      'forgotten-migration calls.ended_at db/all.sql:5',
      'forgotten-migration stamps.ended_at db/all.sql:5',
    ],
  });
});

test('files that cannot be followed are no verdict', async () => {
  expect(await check({ 'db/all.sql': `${schema['db/all.sql']}\\if :{?test}\n` })).toEqual({
    exit: 2,
    errors: ['schema-sql-psql  db/all.sql:4'],
  });
});
