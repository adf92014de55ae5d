// What makes real projects hard to run, each as a project that the command is run on.
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  bin,
  makeFolder,
  type Project,
  packageFolder,
  type Ran,
  shipshape,
} from '../../packages/shipshape/test/cli/shipshape-process.ts';

let server: ScratchServer;
let place: Project;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  place = makeFolder();
  symlinkSync(join(packageFolder, '../../node_modules'), join(place.folder, 'node_modules'));
});
afterEach(() => place.remove());

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(place.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const check = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  shipshape(['check', '--migrations', 'migrations', ...args], {
    cwd: place.folder,
    env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres'), ...env },
  });

const twoTables = {
  'schema.sql': 'CREATE TABLE a (id integer PRIMARY KEY);\nCREATE TABLE b (id integer PRIMARY KEY);\n',
  // What is in the folder, the command runs: only its name says that it is a program.
  'migrations/001_tables.cjs': 'exports.up = (knex) => knex.schema;\n',
};

const twoConnections = (second: string) => `
const { Pool } = require('pg');
(async () => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const one = await pool.connect();
  await one.query('BEGIN');
  await one.query('CREATE TABLE a (id integer PRIMARY KEY)');
  const two = await pool.connect();
  await two.query(${JSON.stringify(second)});
  await one.query('COMMIT');
  one.release(); two.release();
  await pool.end();
})();
`;

describe('running 2: a second connection inside an open transaction', () => {
  test('is what the command may take', async () => {
    write({ ...twoTables, 'migrate.cjs': twoConnections('CREATE TABLE b (id integer PRIMARY KEY)') });
    const ran = await check(['--schema-sql', 'schema.sql', '--replay', 'node migrate.cjs']);
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ exit: 0 });
    expect(ran.stdout).toContain('agreed: 1 migration builds');
  });

  test('that waits for the first is ended at the limit, and what waited for what is said', async () => {
    write({ ...twoTables, 'migrate.cjs': twoConnections('CREATE TABLE a (other text)') });
    const ran = await check([
      ...['--schema-sql', 'schema.sql'],
      ...['--replay', 'node migrate.cjs', '--replay-timeout', '5'],
    ]);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('"node migrate.cjs" did not end within 5 s and was stopped');
    expect(ran.stderr.replaceAll(/\s+/g, ' ')).toMatch(
      /pid \d+ waits for pid \d+ for \d+ s, in: CREATE TABLE a/,
    );
    expect(ran.stderr).toContain('--replay-timeout');
  });
});

describe("running 3: a command that starts the project's own programs", () => {
  const files = {
    ...twoTables,
    'migrate.cjs': `
const { execFileSync } = require('node:child_process');
if (process.env.DB_DIALECT !== 'postgres') throw new Error('DB_DIALECT is ' + process.env.DB_DIALECT);
execFileSync(process.execPath, ['scripts/tables.cjs'], { stdio: 'inherit' });
`,
    'scripts/tables.cjs': `
const { Client } = require('pg');
(async () => {
  const client = new Client();
  await client.connect();
  await client.query('CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id integer PRIMARY KEY)');
  await client.end();
})();
`,
    'shipshape.config.json': JSON.stringify({
      application: 'spawner',
      schemaSql: 'schema.sql',
      migrations: 'migrations',
      snapshot: 'kept.json',
      replay: 'node migrate.cjs',
    }),
  };

  test('passes on what it was given: the environment, and the database', async () => {
    write(files);
    const env = { SHIPSHAPE_SCRATCH_URL: server.url('postgres'), DB_DIALECT: 'postgres' };
    const wrote = await shipshape(['snapshot'], { cwd: place.folder, env });
    expect(wrote, wrote.stdout + wrote.stderr).toMatchObject({ exit: 0 });
    const ran = await check([], { DB_DIALECT: 'postgres' });
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ exit: 0 });
  });

  test('that fails is told with what it said', async () => {
    write(files);
    const ran = await check([], { DB_DIALECT: 'sqlite' });
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('"node migrate.cjs" ended with code 1 on an empty database');
    expect(ran.stderr).toContain('DB_DIALECT is sqlite');
  });

  test('that goes elsewhere is not taken for one that has migrated', async () => {
    write({ ...files, 'migrate.cjs': '' });
    const ran = await check([]);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain(
      '"node migrate.cjs" ended well, and the database it was given is still empty',
    );
  });
});

test('running 5: decorated classes with imported enums, aliases, workspace packages and an environment that they demand', {
  timeout: 120_000,
}, async () => {
  write({
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        paths: { '~/*': ['./src/*'] },
      },
    }),
    'src/states.ts': `export enum State { open = 'open', closed = 'closed' }\n`,
    'src/env.ts': `if (!process.env.TENANT) throw new Error('TENANT is missing');\nexport const prefix = process.env.TENANT;\n`,
    'src/named.ts': `import { Column } from 'typeorm';\nexport abstract class Named {\n  @Column()\n  name!: string;\n}\n`,
    'src/ticket.ts': `import { Column, Entity, PrimaryColumn } from 'typeorm';
import { prefix } from '~/env';
import { Named } from '~/named';
import { State } from '~/states';

@Entity({ name: prefix + '_tickets' })
export class Ticket extends Named {
  @PrimaryColumn()
  id!: number;
  @Column({ type: 'enum', enum: State, enumName: 'state' })
  state!: State;
  @Column()
  opened!: Date;
}
`,
    'migrations/0001_tickets.sql': `CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE acme_tickets (
  id integer PRIMARY KEY,
  name character varying NOT NULL,
  state state NOT NULL
);
`,
  });
  const ran = await check(['--typeorm', 'src/ticket.ts'], { TENANT: 'acme' });
  expect(ran.exit, ran.stdout + ran.stderr).toBe(1);
  expect(ran.stdout + ran.stderr).toContain('acme_tickets.opened');
  expect(ran.stdout + ran.stderr).toContain('src/ticket.ts:13');
  expect(ran.stdout + ran.stderr).not.toMatch(/acme_tickets\.(?:id|name|state)\b/);
  const without = await check(['--typeorm', 'src/ticket.ts']);
  expect(without.exit).not.toBe(0);
  expect(without.stderr).toContain('TENANT is missing');
});

describe('running 6: models in sub-folders', () => {
  test("of Prisma's schema folder", async () => {
    write({
      'prisma/schema/main.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      'prisma/schema/shop/orders/order.prisma': 'model Order {\n  id Int @id\n  @@map("orders")\n}\n',
      'migrations/20260101000000_first/migration.sql': 'CREATE TABLE customers (id integer PRIMARY KEY);\n',
      'migrations/migration_lock.toml': 'provider = "postgresql"\n',
    });
    const ran = await check(['--prisma', 'prisma/schema']);
    expect(ran.exit, ran.stdout + ran.stderr).toBe(1);
    expect(ran.stdout + ran.stderr).toContain('prisma/schema/shop/orders/order.prisma:1');
  });

  test('of a pattern with **', async () => {
    const table = (name: string) =>
      `import { integer, pgTable } from 'drizzle-orm/pg-core';\nexport const it = pgTable('${name}', { id: integer('id').primaryKey() });\n`;
    write({
      'src/schema.ts': table('shallow'),
      'src/a/b/c/schema.ts': table('deep'),
      'migrations/0001_shallow.sql': 'CREATE TABLE shallow (id integer PRIMARY KEY);\n',
    });
    const ran = await check(['--drizzle', 'src/**/schema.ts']);
    expect(ran.exit, ran.stdout + ran.stderr).toBe(1);
    expect(ran.stdout + ran.stderr).toContain('src/a/b/c/schema.ts:2');
  });
});

test('running 7: a command that asks a question finds no one to answer, though somebody sits at the terminal', async () => {
  write({ ...twoTables, 'ask.sh': 'read answer || { echo nobody answered; exit 3; }\n' });
  const child = spawn(
    process.execPath,
    [bin, 'check', '--migrations', 'migrations', '--schema-sql', 'schema.sql', '--replay', 'sh ask.sh'],
    {
      cwd: place.folder,
      env: { PATH: process.env.PATH, NO_COLOR: '1', SHIPSHAPE_SCRATCH_URL: server.url('postgres') },
      // Open, and never written to: a prompt that reads it waits for ever.
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const exit = await new Promise((resolve) => child.once('close', resolve));
  expect(exit, said).toBe(1);
  expect(said).toContain('"sh ask.sh" ended with code 3 on an empty database');
  expect(said).toContain('nobody answered');
});
