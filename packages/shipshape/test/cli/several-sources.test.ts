// Several sources in one app: their needs become one, and what they contradict each other in is told.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { makeFolder, type Project, packageFolder, shipshape } from './shipshape-process.ts';

let server: ScratchServer;
let place: Project;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  place = makeFolder();
  symlinkSync(join(packageFolder, '../../node_modules'), join(place.folder, 'node_modules'));
  mkdirSync(join(place.folder, 'migrations'));
});
afterEach(() => place.remove());

const write = (file: string, text: string) => writeFileSync(join(place.folder, file), text);
const run = (...args: string[]) =>
  shipshape([...args, '--drizzle', 'schema.ts', '--schema-sql', 'schema.sql', '--json'], {
    cwd: place.folder,
    env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres') },
  });

const drizzle = (columns: string) => `
import { integer, pgEnum, pgTable, serial, text, timestamp, uniqueIndex, varchar } from 'drizzle-orm/pg-core';
export const mood = pgEnum('mood', ['ok', 'sad']);
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 32 }).notNull(),
  ${columns}
}, (users) => [uniqueIndex('users_name_unique').on(users.name)]);
export const _ = [integer, text, timestamp];
`;
/** The same table as a team that writes SQL has it, and one that no ORM maps. */
const sql = `
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TABLE users (
  id serial,
  name character varying(32) NOT NULL CONSTRAINT name_once UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id)
);
CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, feeling mood, note text);
`;

interface Report {
  readonly verdict: string;
  readonly coverage: { readonly tables: number };
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly what: string;
    readonly address?: string;
  }[];
}
const tell = (stdout: string) =>
  (JSON.parse(stdout) as Report).findings
    .filter(({ code }) => code !== 'snapshot-missing')
    .map(({ severity, code, address }) => `${severity} ${code} ${address}`);

test('say the same in different words: no false alarm, and both are needed', async () => {
  write('schema.ts', drizzle("createdAt: timestamp('created_at', { withTimezone: true }).notNull(),"));
  write('schema.sql', sql);
  write('migrations/0001_all.sql', sql);
  const { exit, stdout } = await run('check', '--migrations', 'migrations');
  expect(tell(stdout)).toEqual([]);
  expect(exit).toBe(0);
  expect((JSON.parse(stdout) as Report).coverage.tables).toBe(2);

  const url = await server.createDatabase();
  const session = await connect(url);
  await session.query(sql);
  expect(await run('verify', '--url', url)).toMatchObject({ exit: 0, stderr: '' });
  await session.query('DROP TABLE audit; ALTER TABLE users DROP created_at');
  await session.close();
  const lacking = await run('verify', '--url', url);
  expect(tell(lacking.stdout).sort()).toEqual([
    'error not-in-database audit',
    'error not-in-database users.created_at',
  ]);
});

test('say two things: a finding names both lines', async () => {
  write('schema.ts', drizzle("createdAt: text('created_at'),"));
  write('schema.sql', sql);
  write(
    'migrations/0001_all.sql',
    sql.replace('created_at timestamptz NOT NULL DEFAULT now()', 'created_at text'),
  );
  const { exit, stdout } = await run('check', '--migrations', 'migrations');
  expect(exit).toBe(1);
  const { findings } = JSON.parse(stdout) as Report;
  expect(
    findings.filter(({ code }) => code === 'sources-disagree').map(({ severity, what }) => [severity, what]),
  ).toEqual([
    [
      'error',
      'the type of users.created_at is text in drizzle (schema.ts:7), and timestamp with time zone in sql (schema.sql:6)',
    ],
    [
      'warning',
      'the nullability of users.created_at is null in drizzle (schema.ts:7), and not null in sql (schema.sql:6)',
    ],
  ]);
});

test('each forgets its own column, with its own line', async () => {
  write('schema.ts', drizzle("mode: text('mode'),"));
  write('schema.sql', sql);
  const built = sql.replace(', note text', '');
  write('migrations/0001_all.sql', built);
  const session = await connect(await server.createDatabase('built'));
  await session.query(built);
  await session.close();
  for (const command of [
    ['check', '--migrations', 'migrations'],
    ['verify', '--url', server.url('built')],
  ]) {
    const { stdout } = await run(...command);
    const { findings } = JSON.parse(stdout) as { findings: { address?: string; origin?: object }[] };
    expect(findings.filter(({ address }) => address !== undefined)).toMatchObject([
      { address: 'audit.note', origin: { file: 'schema.sql', line: 9 } },
      { address: 'users.mode', origin: { file: 'schema.ts', line: 7 } },
    ]);
  }
});
