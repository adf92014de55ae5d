// The limit as a whole process: connects, asks the one query, ends. `--models <file>` imports the models first, TypeScript
// by the loader that we have as well.
import pg from 'pg';
import { bareQuery } from './bare-query.mjs';

const models = process.argv.indexOf('--models');
if (models !== -1) {
  const file = process.argv[models + 1];
  if (file.endsWith('.ts')) {
    const { createJiti } = await import('jiti');
    await createJiti(import.meta.url, { fsCache: false }).import(file);
  } else await import(file);
}
const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
const { rows } = await client.query(bareQuery);
await client.end();
if (rows.length === 0) process.exitCode = 1;
