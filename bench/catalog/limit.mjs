// The limit as a whole process: connects, asks the one query, ends. `--models <file>` imports the models first.
import pg from 'pg';
import { bareQuery } from './bare-query.mjs';

const models = process.argv.indexOf('--models');
if (models !== -1) await import(process.argv[models + 1]);
const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
const { rows } = await client.query(bareQuery);
await client.end();
if (rows.length === 0) process.exitCode = 1;
