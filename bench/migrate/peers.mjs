// The runners of others on Node, each as its documents show it in a script: node peers.mjs <tool> <folder>
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const top = join(import.meta.dirname, '../..');
const matrix = join(top, 'matrix/node_modules');
const fromMatrix = createRequire(join(matrix, 'here.js'));
const fromRoot = createRequire(join(top, 'package.json'));
const url = process.env.DATABASE_URL;

const runners = {
  async Drizzle(folder) {
    const { drizzle } = await import('drizzle-orm/node-postgres');
    const { migrate } = await import('drizzle-orm/node-postgres/migrator');
    const db = drizzle(url);
    await migrate(db, { migrationsFolder: folder });
    await db.$client.end();
  },
  async 'node-pg-migrate'(folder) {
    const { runner } = await import(pathToFileURL(join(matrix, 'node-pg-migrate/dist/bundle/index.js')).href);
    const log = () => undefined;
    await runner({ databaseUrl: url, dir: folder, direction: 'up', migrationsTable: 'pgmigrations', log });
  },
  async Knex(folder) {
    const knex = fromMatrix('knex')({ client: 'pg', connection: url, migrations: { directory: folder } });
    await knex.migrate.latest();
    await knex.destroy();
  },
  async Umzug(folder) {
    const { Sequelize } = fromRoot('sequelize');
    const { SequelizeStorage, Umzug } = fromMatrix('umzug');
    const sequelize = new Sequelize(url, { logging: false });
    const umzug = new Umzug({
      migrations: { glob: join(folder, '*.js') },
      context: sequelize.getQueryInterface(),
      storage: new SequelizeStorage({ sequelize }),
      logger: undefined,
    });
    await umzug.up();
    await sequelize.close();
  },
  async TypeORM(folder) {
    const { DataSource } = fromRoot('typeorm');
    const source = new DataSource({
      type: 'postgres',
      url,
      migrations: [join(folder, '*.js')],
      migrationsTransactionMode: 'each',
    });
    await source.initialize();
    await source.runMigrations();
    await source.destroy();
  },
  async Kysely(folder) {
    const { Kysely, Migrator, PostgresDialect } = await import('kysely');
    const { default: pg } = await import('pg');
    const db = new Kysely({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
    });
    const names = readdirSync(folder).sort();
    const migrations = Object.fromEntries(names.map((name) => [name, fromRoot(join(folder, name))]));
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    await db.destroy();
    if (error !== undefined) throw error;
  },
};

const [tool, folder] = process.argv.slice(2);
await runners[tool](folder);
