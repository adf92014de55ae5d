// Runs the migrations that saml-jackson ships, with TypeORM: node migrate-jackson.mjs <host> <port> <user> <database>
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createJiti } from 'jiti';
import { DataSource } from 'typeorm';

const [host, port, username, database] = process.argv.slice(2);
const own = createRequire(import.meta.url).resolve('@boxyhq/saml-jackson/package.json');
const folder = join(dirname(own), 'migration/postgres');
const loader = createJiti(import.meta.url, { fsCache: false });
const { readdirSync } = await import('node:fs');
const modules = await Promise.all(readdirSync(folder).map((name) => loader.import(join(folder, name))));
const source = new DataSource({
  type: 'postgres',
  host,
  port: Number(port),
  username,
  database,
  migrations: modules.flatMap((each) => Object.values(each)).filter((each) => typeof each === 'function'),
});
await source.initialize();
const applied = await source.runMigrations();
await source.destroy();
process.stdout.write(`${applied.map((each) => each.name).join('\n')}\n`);
