// init in projects of every kind: what it recognises, and that the other commands can read what it wrote.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder, type Project, shipshape } from './shipshape-process.ts';

let place: Project;
beforeEach(() => {
  place = makeFolder();
});
afterEach(() => place.remove());

const sql = 'create table t (id integer primary key);';
const depends = (...names: readonly string[]): string =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });

const projects: Readonly<Record<string, { files: Readonly<Record<string, string>>; config: object }>> = {
  'Drizzle, by its drizzle.config.ts': {
    files: {
      'package.json': depends('drizzle-orm'),
      'drizzle.config.ts': `export default { schema: './app/tables.ts', out: "./app/sql", dialect: 'postgresql' };`,
      'app/tables.ts': `import { pgTable } from 'drizzle-orm/pg-core';`,
      'app/sql/meta/_journal.json': JSON.stringify({
        dialect: 'postgresql',
        entries: [{ tag: '0000_t', when: 1 }],
      }),
      'app/sql/0000_t.sql': sql,
    },
    config: { migrations: 'app/sql', drizzle: 'app/tables.ts' },
  },
  'Drizzle with its casing': {
    files: {
      'drizzle.config.ts': `export default { schema: './schema.ts', casing: 'snake_case' };`,
      'schema.ts': `import { pgTable } from 'drizzle-orm/pg-core';`,
      'migrations/0001_t.sql': sql,
    },
    config: { migrations: 'migrations', drizzleSnakeCase: 'schema.ts' },
  },
  Prisma: {
    files: {
      'package.json': depends('@prisma/client'),
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel t {\n  id Int @id\n}\n',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'prisma/migrations/20240101000000_t/migration.sql': sql,
    },
    config: { migrations: 'prisma/migrations', prisma: 'prisma/schema.prisma' },
  },
  'TypeORM, with a replay': {
    files: {
      'package.json': depends('typeorm'),
      'src/data-source.ts': `import { DataSource } from 'typeorm';`,
      'src/migrations/1700000000000-T.ts': 'export class T1700000000000 implements MigrationInterface {}',
    },
    config: {
      migrations: 'src/migrations',
      typeorm: 'src/data-source.ts',
      replay: 'npx typeorm migration:run -d src/data-source.ts',
    },
  },
  MikroORM: {
    files: {
      'package.json': depends('@mikro-orm/postgresql'),
      'mikro-orm.config.ts': `import { defineConfig } from '@mikro-orm/postgresql';`,
      'migrations/Migration20240101000000.ts': `import { Migration } from '@mikro-orm/migrations';`,
    },
    config: {
      migrations: 'migrations',
      mikroOrm: 'mikro-orm.config.ts',
      replay: 'npx mikro-orm migration:up',
    },
  },
  Sequelize: {
    files: {
      'package.json': depends('sequelize'),
      'models/index.js': `const { Sequelize } = require('sequelize');`,
      'migrations/20240101000000-t.js': 'exports.up = (queryInterface) => queryInterface.createTable();',
    },
    config: {
      migrations: 'migrations',
      sequelize: 'models/index.js',
      replay: 'npx sequelize-cli db:migrate',
    },
  },
  'Kysely, beside files that are not its': {
    files: {
      'package.json': depends('kysely', 'pg'),
      'src/db/schema.ts': '// rules of a form',
      'src/db/types.ts': 'export interface Database { t: { id: number } }',
      'db/migrations/20240101000000_t.sql': `-- migrate:up\n${sql}\n-- migrate:down\n`,
    },
    config: { migrations: 'db/migrations', kysely: 'src/db/types.ts#Database' },
  },
  'Kysely with its CamelCasePlugin': {
    files: {
      'src/db.ts': 'new CamelCasePlugin();\nexport type DB = { t: { id: number } };',
      'migrations/001-t.sql': sql,
    },
    config: { migrations: 'migrations', kyselyCamelCase: 'src/db.ts#DB' },
  },
  'schema.sql': {
    files: { 'db/schema.sql': sql, 'migrations/0001_t.sql': sql },
    config: { migrations: 'migrations', schemaSql: 'db/schema.sql' },
  },
  'an ORM beside the schema.sql that a tool dumps': {
    files: {
      'package.json': depends('drizzle-orm'),
      'db/schema.sql': sql,
      'db/schema.ts': `import { pgTable } from 'drizzle-orm/pg-core';`,
      'db/migrations/0001_t.sql': sql,
    },
    config: { migrations: 'db/migrations', drizzle: 'db/schema.ts' },
  },
};

test.each(Object.entries(projects))('%s', async (_name, { files, config }) => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place.folder, file)), { recursive: true });
    writeFileSync(join(place.folder, file), text);
  }
  const { exit, stdout } = await shipshape(['init'], { cwd: place.folder });
  expect(exit).toBe(0);
  const { application, ...written } = JSON.parse(
    readFileSync(join(place.folder, 'shipshape.config.json'), 'utf8'),
  ) as Record<string, string>;
  expect(application).not.toBe('');
  expect(written).toEqual(config);
  for (const value of Object.values(written)) expect(stdout).toContain(value);
  expect(stdout).not.toContain('not found');
  // Whatever else it lacks, the configuration is none of it.
  const checked = await shipshape(['snapshot', '--json'], {
    cwd: place.folder,
    env: { SHIPSHAPE_SCRATCH_URL: 'postgres://nobody@127.0.0.1:1/none' },
  });
  expect(checked.stdout + checked.stderr).not.toMatch(/"code":\s*"config-/);
});
