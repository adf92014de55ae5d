// Runs the migrations that a module of Medusa ships, with its own tool: node migrate.mjs <module> <host> <port> <user> <database>
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { configOf } from './config-of.mjs';

const [name, host, port, user, dbName] = process.argv.slice(2);
const models = createRequire(import.meta.url).resolve(`@medusajs/${name}/dist/models/index.js`);
const orm = await MikroORM.init(
  await configOf(name, {
    host,
    port: Number(port),
    user,
    dbName,
    extensions: [Migrator],
    migrations: {
      path: join(dirname(models), '../migrations'),
      glob: '*.js',
      snapshot: false,
      silent: true,
    },
  }),
);
const applied = await orm.getMigrator().up();
await orm.close();
process.stdout.write(`${applied.map((each) => each.name).join('\n')}\n`);
