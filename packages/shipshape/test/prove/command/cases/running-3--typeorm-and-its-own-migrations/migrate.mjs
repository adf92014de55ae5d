import 'reflect-metadata';
import { DataSource } from 'typeorm';

const source = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  migrations: [`${import.meta.dirname}/migrations/*.cjs`],
});
await source.initialize();
await source.runMigrations();
await source.destroy();
