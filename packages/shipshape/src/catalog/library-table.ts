// Tables that a library makes for itself in the schema of the app: its ledger of migrations, its sessions.
import { type Address, parentOf } from './address.ts';

/**
 * By the names that these libraries give them unless told otherwise (each has it in its manual, under the option that
 * changes it). A model that declares one of them makes it the app's own.
 */
export const libraryTables: Readonly<Record<string, string>> = {
  _prisma_migrations: 'Prisma',
  __drizzle_migrations: 'Drizzle',
  knex_migrations: 'Knex',
  knex_migrations_lock: 'Knex',
  migrations: 'TypeORM',
  typeorm_metadata: 'TypeORM',
  mikro_orm_migrations: 'MikroORM',
  SequelizeMeta: 'Sequelize',
  SequelizeData: 'Sequelize',
  pgmigrations: 'node-pg-migrate',
  kysely_migration: 'Kysely',
  kysely_migration_lock: 'Kysely',
  schema_migrations: 'dbmate, golang-migrate',
  goose_db_version: 'goose',
  gorp_migrations: 'sql-migrate',
  flyway_schema_history: 'Flyway',
  databasechangelog: 'Liquibase',
  databasechangeloglock: 'Liquibase',
  schemaversion: 'postgrator',
  atlas_schema_revisions: 'Atlas',
  session: 'connect-pg-simple',
};

/** Whose table this is, is in, or is about; null for everything else. */
export function libraryTableOf(address: Address): string | null {
  if ('on' in address) return libraryTableOf(address.on);
  const table = address.kind === 'table' ? address : parentOf(address);
  if (table === null || table.kind !== 'table') return null;
  return Object.hasOwn(libraryTables, table.name) ? (libraryTables[table.name] ?? null) : null;
}
