// The table of rooms: who may import whom. Its twin is the table in docs/architecture.md.

const below = {
  pure: ['report', 'catalog'],
} as const;

const source = ['elaborate', 'introspect', 'code', 'postgres', ...below.pure];

/** packages/shipshape/src: room → rooms it may import (its own always). */
export const libraryRooms: Readonly<Record<string, readonly string[]>> = {
  catalog: [],
  report: ['catalog'],
  compare: ['catalog'],
  ddl: ['catalog'],
  need: ['compare', ...below.pure],
  postgres: ['report'],
  diagnose: ['plan', 'need', 'compare', 'ddl', ...below.pure],
  plan: ['compare', 'ddl', ...below.pure],
  snapshot: ['need', ...below.pure],
  introspect: ['postgres', ...below.pure],
  migrate: ['postgres', ...below.pure],
  elaborate: ['plan', 'ddl', 'introspect', 'postgres', ...below.pure],
  code: ['need', ...below.pure],
  'sources/drizzle': source,
  'sources/prisma': source,
  'sources/typeorm': source,
  'sources/mikro-orm': source,
  'sources/sequelize': source,
  'sources/kysely': source,
  'sources/sql': source,
  deploy: [
    'migrate',
    'introspect',
    'snapshot',
    'plan',
    'diagnose',
    'need',
    'compare',
    'postgres',
    ...below.pure,
  ],
  prove: [
    'migrate',
    'introspect',
    'elaborate',
    'snapshot',
    'plan',
    'diagnose',
    'need',
    'compare',
    'postgres',
    ...below.pure,
  ],
  gate: ['introspect', 'snapshot', 'diagnose', 'need', 'compare', 'migrate', 'postgres', ...below.pure],
  integrations: ['gate', ...below.pure],
  cli: ['*'],
  'index.ts': ['*'],
};

/** apps/calls/src: room → rooms it may import. */
export const callsRooms: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  'config.ts': ['domain'],
  db: ['domain', 'config.ts'],
  store: ['db', 'domain', 'config.ts'],
  jobs: ['store', 'db', 'domain', 'config.ts'],
  http: ['store', 'db', 'domain', 'config.ts'],
  webhooks: ['http', 'jobs', 'store', 'db', 'domain', 'config.ts'],
  api: ['http', 'store', 'db', 'domain', 'config.ts'],
  'app.ts': ['webhooks', 'api', 'jobs', 'http', 'store', 'db', 'domain', 'config.ts'],
  simulate: ['domain', 'config.ts'],
  'main.ts': ['*'],
};
