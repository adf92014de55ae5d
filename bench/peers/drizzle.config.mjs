// drizzle-kit's own configuration; it allows no export but this one.
import { database, host, port, user } from './connection.mjs';

export default {
  dialect: 'postgresql',
  schema: process.env.BENCH_MODELS,
  dbCredentials: { host, port, user, database, ssl: false },
};
