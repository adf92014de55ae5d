// undoCommandOf: the command by which another tool takes back its newest migration.

const commands: Readonly<Record<string, string>> = {
  Knex: 'npx knex migrate:down',
  TypeORM: 'npx typeorm migration:revert -d <data source>',
  MikroORM: 'npx mikro-orm migration:down',
  Sequelize: 'npx sequelize-cli db:migrate:undo',
  'node-pg-migrate': 'npx node-pg-migrate down',
  Kysely: 'npx kysely migrate:down',
};

/** Null where it has none. */
export function undoCommandOf(tool: string | null): string | null {
  return commands[tool ?? ''] ?? null;
}
