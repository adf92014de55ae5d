// `check` over a project of Kysely: its interface against its migrations.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../src/prove/check.ts';
import { kysely } from '../../../src/sources/kysely/index.ts';
import { makeProject } from '../drizzle/project.ts';

const types = (more = '') => `import type { Generated } from 'kysely';

interface CallLog {
  id: Generated<string>;
  callSid: string;
  durationSeconds: number | null;
${more}}

export interface Database {
  callLog: CallLog;
  callTotal: { callSid: string; total: string };
}
`;
const sql = `CREATE TABLE call_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  call_sid varchar(34) NOT NULL UNIQUE,
  duration_seconds integer CHECK (duration_seconds >= 0)
);
CREATE INDEX ON call_log (duration_seconds);
CREATE VIEW call_total AS SELECT call_sid, sum(duration_seconds) AS total FROM call_log GROUP BY 1;
`;

async function findingsOf(text: string) {
  const root = makeProject({ 'src/db.ts': text }, ['kysely']);
  const folder = join(root, 'migrations');
  mkdirSync(folder);
  writeFileSync(join(folder, '0001_calls.sql'), sql);
  const { findings } = await check({
    source: kysely({ database: 'src/db.ts#Database', camelCase: true, root }),
    folder,
    snapshotFile: join(root, 'shipshape.snapshot.json'),
    snapshotExpected: false,
  });
  return findings.filter(({ severity }) => severity !== 'note');
}

test('types that say less than the migrations, and a view among the tables, are no finding', async () => {
  expect(await findingsOf(types())).toEqual([]);
});

test('a column more is told with its line, under its name in the database', async () => {
  expect(await findingsOf(types('  recordingMode: string | null;\n'))).toMatchObject([
    {
      code: 'forgotten-migration',
      what: expect.stringContaining('call_log.recording_mode'),
      origin: { file: 'src/db.ts', line: 7 },
    },
  ]);
});

test('null is told, both ways', async () => {
  const text = types()
    .replace('callSid: string;\n', 'callSid: string | null;\n')
    .replace('durationSeconds: number | null', 'durationSeconds: number');
  expect((await findingsOf(text)).map(({ what, aspect, origin }) => [what, aspect, origin?.line])).toEqual([
    [expect.stringContaining('call_log.call_sid'), 'nullability', 5],
    [expect.stringContaining('call_log.duration_seconds'), 'nullability', 6],
  ]);
});
