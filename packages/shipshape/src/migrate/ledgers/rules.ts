// ledgerRules: whose table is called what, and how its rows mean the files, as each tool's own source has it.
import { drizzleRule } from './drizzle.ts';
import type { KnownFile, LedgerRow, LedgerRule } from './foreign-ledger.ts';
import { matchNames, withoutEnding } from './match-names.ts';
import { prismaRule } from './prisma.ts';

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;
/** Endings are no part of a name here: the folder may hold TypeScript, and the tool may have run what became of it. */
const byName = (row: LedgerRow) => (typeof row.name === 'string' ? withoutEnding(row.name) : null);
const numberOf = (value: string): string | null => /^\d+/.exec(value)?.[0] ?? null;
const hasNumber = (name: string, { id }: KnownFile): boolean => {
  const number = numberOf(id);
  return number !== null && BigInt(number) === BigInt(numberOf(name) ?? -1);
};

export const ledgerRules: readonly LedgerRule[] = [
  prismaRule,
  drizzleRule,
  {
    // migrations/migrate/migration-list-resolver.js: `name` is the file's, with its ending
    tool: 'Knex',
    table: 'knex_migrations',
    schema: null,
    columns: ['name', 'batch', 'migration_time'],
    command: 'npx knex migrate:latest',
    read: matchNames({ called: byName, at: 'migration_time' }),
  },
  {
    // migration/MigrationExecutor.js: `name` is the class's, or what its property `name` says
    tool: 'TypeORM',
    table: 'migrations',
    schema: null,
    columns: ['timestamp', 'name'],
    command: 'npx typeorm migration:run -d <data source>',
    read: matchNames({
      called: ({ name }) => text(name),
      at: null,
      other: ({ timestamp, name }) => `${timestamp}-${name}`,
      isOf: (name, { id, text }) =>
        text === null
          ? /^\d{13}/.test(id) && name.endsWith(id.slice(0, 13))
          : text.split(/[^\w$]+/).includes(name),
    }),
  },
  {
    // migrations/MigrationStorage.js: `name` with or without the ending
    tool: 'MikroORM',
    table: 'mikro_orm_migrations',
    schema: null,
    columns: ['name', 'executed_at'],
    command: 'npx mikro-orm migration:up',
    read: matchNames({ called: byName, at: 'executed_at' }),
  },
  {
    // umzug, storage/sequelize.js: one column, the file's name
    tool: 'Sequelize',
    table: 'SequelizeMeta',
    schema: null,
    columns: ['name'],
    command: 'npx sequelize-cli db:migrate',
    read: matchNames({ called: byName, at: null }),
  },
  {
    // src/runner.ts: `name` is the file's, without its ending
    tool: 'node-pg-migrate',
    table: 'pgmigrations',
    schema: null,
    columns: ['name', 'run_on'],
    command: 'npx node-pg-migrate up',
    read: matchNames({ called: byName, at: 'run_on' }),
  },
  {
    // migration/migrator.js: `name` is the file's, without its ending
    tool: 'Kysely',
    table: 'kysely_migration',
    schema: null,
    columns: ['name', 'timestamp'],
    command: 'npx kysely migrate:latest',
    read: matchNames({ called: byName, at: 'timestamp' }),
  },
  {
    // pkg/dbmate/db.go: `version` is the number at the front of the file's name
    tool: 'dbmate',
    table: 'schema_migrations',
    schema: null,
    columns: ['version'],
    command: 'npx dbmate up',
    read: matchNames({
      called: ({ version }) => text(version),
      at: null,
      isOf: (name, { id }) => name === numberOf(id),
    }),
  },
  {
    // database/dialect: a row a run; older versions write `is_applied` false for a way down, and a row for version 0
    tool: 'goose',
    table: 'goose_db_version',
    schema: null,
    columns: ['version_id', 'is_applied', 'tstamp'],
    command: 'goose up',
    read: (rows, known) => {
      const inOrder = rows.toSorted((a, b) => Number(a.id) - Number(b.id));
      const last = new Map(inOrder.map((row) => [text(row.version_id), row]));
      const applied = [...last.values()].filter((row) => row.is_applied === true && row.version_id !== 0);
      const named = matchNames({
        called: ({ version_id: version }) => text(version),
        at: 'tstamp',
        isOf: hasNumber,
      });
      return named(applied, known);
    },
  },
  {
    // migrate.go: `id` is the file's name
    tool: 'sql-migrate',
    table: 'gorp_migrations',
    schema: null,
    columns: ['id', 'applied_at'],
    command: 'sql-migrate up',
    read: matchNames({
      called: ({ id }) => (typeof id === 'string' ? withoutEnding(id) : null),
      at: 'applied_at',
    }),
  },
];
