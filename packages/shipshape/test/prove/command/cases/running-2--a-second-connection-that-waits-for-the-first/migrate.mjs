// The team's own way to run Knex: a pool of several connections.
import { fileURLToPath } from 'node:url';
import Knex from 'knex';

const knex = Knex({
  client: 'pg',
  connection: process.env.DATABASE_URL,
  pool: { min: 0, max: 4 },
  migrations: { directory: fileURLToPath(new URL('migrations', import.meta.url)) },
});
try {
  const [batch, names] = await knex.migrate.latest();
  process.stdout.write(`batch ${batch}: ${names.join(', ')}`);
} finally {
  await knex.destroy();
}
