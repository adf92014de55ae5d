// Tools: the real ones, each with the files that it reads and a run of it that writes its own ledger.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const top = join(import.meta.dirname, '../../../../..');
export const matrix = join(top, 'matrix/node_modules');
const fromMatrix = createRequire(join(matrix, 'here.js'));
const fromRoot = createRequire(join(top, 'package.json'));

export interface Tool {
  readonly name: string;
  /** The tables that it may be told to use instead of its own. */
  readonly table?: string;
  /** Writes the migration that makes the table `t<number>`; its id. */
  readonly write: (folder: string, number: number) => string;
  /** Applies all that lies in the folder. */
  readonly apply: (folder: string, url: string) => Promise<unknown> | unknown;
  /** Takes the newest one back, where its files are SQL that says how. */
  readonly undo?: (folder: string, url: string) => Promise<unknown> | unknown;
}

const timeOf = (number: number): string => `2024010100000${number}`;
const create = (number: number): string => `create table t${number} (id integer primary key);`;

function program(nameOf: (number: number) => string, text: (number: number) => string): Tool['write'] {
  return (folder, number) => {
    const name = nameOf(number);
    writeFileSync(join(folder, name), text(number));
    return name.replace(/\.[a-z]+$/, '');
  };
}

export const tools: readonly Tool[] = [
  {
    name: 'Drizzle',
    write(folder, number) {
      const tag = `000${number}_t${number}`;
      writeFileSync(join(folder, `${tag}.sql`), create(number));
      mkdirSync(join(folder, 'meta'), { recursive: true });
      const tags = readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .sort();
      const entries = tags.map((name, idx) => ({
        idx,
        version: '7',
        when: 1_700_000_000_000 + Number(name.slice(0, 4)),
        tag: name.replace('.sql', ''),
        breakpoints: true,
      }));
      writeFileSync(
        join(folder, 'meta/_journal.json'),
        JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
      );
      return tag;
    },
    async apply(folder, url) {
      const { drizzle } = await import('drizzle-orm/node-postgres');
      const { migrate } = await import('drizzle-orm/node-postgres/migrator');
      const db = drizzle(url);
      await migrate(db, { migrationsFolder: folder });
      await db.$client.end();
    },
  },
  {
    name: 'Prisma',
    write(folder, number) {
      const name = `${timeOf(number)}_t${number}`;
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'migration.sql'), create(number));
      writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
      return name;
    },
    apply: applyPrisma,
  },
  {
    name: 'TypeORM',
    write: program(
      (number) => `170000000000${number}-t${number}.js`,
      (number) =>
        `// a MigrationInterface\nexports.T${number}170000000000${number} = class T${number}170000000000${number} {
  async up(queryRunner) { await queryRunner.query('${create(number)}'); }
  async down() {}
};\n`,
    ),
    async apply(folder, url) {
      const { DataSource } = await import('typeorm');
      const source = new DataSource({ type: 'postgres', url, migrations: [join(folder, '*.js')] });
      await source.initialize();
      await source.runMigrations();
      await source.destroy();
    },
  },
  {
    name: 'MikroORM',
    write: program(
      (number) => `Migration${timeOf(number)}.js`,
      (number) => `const { Migration } = require(${JSON.stringify(join(matrix, '@mikro-orm/migrations'))});
exports.Migration${timeOf(number)} = class Migration${timeOf(number)} extends Migration {
  async up() { this.addSql('${create(number)}'); }
};\n`,
    ),
    async apply(folder, url) {
      const { MikroORM } = fromRoot('@mikro-orm/postgresql') as typeof import('@mikro-orm/postgresql');
      const { Migrator } = fromMatrix('@mikro-orm/migrations');
      const orm = await MikroORM.init({
        ...(({ database, host, ...rest }) => ({
          ...rest,
          dbName: database,
          driverOptions: { connection: { host } },
        }))(connectionOf(url)),
        entities: [],
        discovery: { warnWhenNoEntities: false },
        extensions: [Migrator],
        migrations: { path: folder, glob: '*.js', snapshot: false, silent: true },
      });
      await orm.getMigrator().up();
      await orm.close();
    },
  },
  {
    name: 'Sequelize',
    write: program(
      (number) => `${timeOf(number)}-t${number}.js`,
      (number) =>
        `exports.up = ({ context: queryInterface }) => queryInterface.sequelize.query('${create(number)}');\n`,
    ),
    async apply(folder, url) {
      const { Sequelize } = fromRoot('sequelize') as typeof import('sequelize');
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
  },
  {
    name: 'Knex',
    write: program(
      (number) => `${timeOf(number)}_t${number}.js`,
      (number) => `exports.up = (knex) => knex.raw('${create(number)}');\nexports.down = () => {};\n`,
    ),
    async apply(folder, url) {
      const knex = fromMatrix('knex')({
        client: 'pg',
        connection: connectionOf(url),
        migrations: { directory: folder },
      });
      await knex.migrate.latest();
      await knex.destroy();
    },
  },
  {
    name: 'node-pg-migrate',
    write: program(
      (number) => `170000000000${number}_t${number}.sql`,
      (number) => `-- Up Migration\n${create(number)}\n-- Down Migration\ndrop table t${number};\n`,
    ),
    apply: (folder, url) => runNodePgMigrate(folder, url, 'up'),
    undo: (folder, url) => runNodePgMigrate(folder, url, 'down'),
  },
  {
    name: 'Kysely',
    write: program(
      (number) => `${timeOf(number)}_t${number}.cjs`,
      (number) =>
        `// Kysely\nexports.up = (db) => db.schema.createTable('t${number}').addColumn('id', 'integer').execute();\n`,
    ),
    async apply(folder, url) {
      const { FileMigrationProvider, Kysely, Migrator, PostgresDialect } = await import('kysely');
      const { default: pg } = await import('pg');
      const db = new Kysely<unknown>({
        dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
      });
      const migrations = Object.fromEntries(
        readdirSync(folder)
          .filter((name) => name.endsWith('.cjs'))
          .map((name) => [name.replace('.cjs', ''), fromRoot(join(folder, name))]),
      );
      const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
      const { error } = await migrator.migrateToLatest();
      await db.destroy();
      if (error !== undefined) throw error;
      return FileMigrationProvider;
    },
  },
  {
    name: 'dbmate',
    write: program(
      (number) => `${timeOf(number)}_t${number}.sql`,
      (number) => `-- migrate:up\n${create(number)}\n-- migrate:down\ndrop table t${number};\n`,
    ),
    apply: (folder, url) => runDbmate(folder, url, 'up'),
    undo: (folder, url) => runDbmate(folder, url, 'rollback'),
  },
];

async function runNodePgMigrate(folder: string, url: string, direction: 'up' | 'down'): Promise<void> {
  const { runner } = await import(pathToFileURL(join(matrix, 'node-pg-migrate/dist/bundle/index.js')).href);
  await runner({
    databaseUrl: url,
    dir: folder,
    direction,
    migrationsTable: 'pgmigrations',
    log: () => undefined,
  });
}

function runDbmate(folder: string, url: string, command: 'up' | 'rollback'): void {
  const { host, port, user, password, database: name } = connectionOf(url);
  const database = new URL(`postgres://${user}:${password ?? ''}@localhost/${name}?sslmode=disable`);
  database.searchParams.set('socket', host);
  database.port = `${port ?? ''}`;
  execFileSync(join(matrix, '@dbmate/linux-x64/bin/dbmate'), [command], {
    env: {
      DATABASE_URL: database.href,
      DBMATE_MIGRATIONS_DIR: folder,
      DBMATE_NO_DUMP_SCHEMA: 'true',
    },
    stdio: 'pipe',
  });
}

let prismaEngine: Promise<{ readonly new: (...options: readonly unknown[]) => Promise<Engine> }> | null =
  null;
interface Engine {
  applyMigrations(input: object): Promise<unknown>;
  free(): void;
}

/** Its bindings are one module, and so its memory is one as well. */
async function openPrismaEngine(): Promise<{
  readonly new: (...options: readonly unknown[]) => Promise<Engine>;
}> {
  const engineFolder = dirname(fromRoot.resolve('@prisma/schema-engine-wasm'));
  const bindings = await import(pathToFileURL(join(engineFolder, 'schema_engine_bg.js')).href);
  const { WebAssembly: wasm } = globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object, imports: object) => { exports: { __wbindgen_start(): void } };
    };
  };
  const { exports } = new wasm.Instance(
    new wasm.Module(readFileSync(join(engineFolder, 'schema_engine_bg.wasm'))),
    { './schema_engine_bg.js': bindings },
  );
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** `prisma migrate deploy` is this call of its engine; the adapter is Prisma's own. */
async function applyPrisma(folder: string, url: string): Promise<void> {
  prismaEngine ??= openPrismaEngine();
  const { PrismaPg } = fromMatrix('@prisma/adapter-pg');
  const { bindMigrationAwareSqlAdapterFactory } = fromMatrix('@prisma/driver-adapter-utils');
  const names = readdirSync(folder).filter((name) => /^\d/.test(name));
  const engine = await (await prismaEngine).new(
    { datamodels: [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url })),
  );
  try {
    await engine.applyMigrations({
      migrationsList: {
        baseDir: folder,
        lockfile: {
          path: 'migration_lock.toml',
          content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8'),
        },
        shadowDbInitScript: '',
        migrationDirectories: names.map((name) => ({
          path: name,
          migrationFile: {
            path: 'migration.sql',
            content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
          },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
  } finally {
    engine.free();
  }
}

interface Connection {
  /** The folder of the socket. */
  readonly host: string;
  readonly port?: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/** For tools that know no socket in an address. */
function connectionOf(url: string): Connection {
  const { parse } = fromRoot('pg-connection-string') as { parse(url: string): Connection };
  return parse(url);
}
