// Every situation of docs/refusals.md, made on a real server: what is done to a migrated database, and how one connects.
import type pg from 'pg';

export interface Situation {
  /** Done to the freshly migrated database by its owner. */
  readonly prepare?: (client: pg.Client) => Promise<unknown>;
  /** False: the migrations are not run. */
  readonly migrated?: false;
  /** How the URL differs from the owner's. */
  readonly connect?: (url: URL) => void;
  /** Where the snapshot and the migrations are, when not the project's own. */
  readonly snapshot?: 'missing' | 'stale';
  /** Run from a folder that belongs to no project. */
  readonly elsewhere?: true;
  /** What is named there; `<root>` is the project's folder. */
  readonly flags?: readonly string[];
  /** False: an image without the models. */
  readonly models?: false;
}

const sql =
  (...statements: readonly string[]) =>
  async (client: pg.Client) => {
    for (const statement of statements) await client.query(statement);
  };
const as = (user: string) => (url: URL) => {
  url.username = user;
  url.password = 'app';
};

/** A role that may do all that the app does; the ledger is not among it. */
const appRole = [
  "CREATE ROLE app LOGIN PASSWORD 'app'",
  'GRANT USAGE ON SCHEMA public TO app',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app',
];

export const situations: Readonly<Record<string, Situation>> = {
  'no server': {
    connect: (url) => {
      url.port = '1';
    },
  },
  'wrong password': {
    connect: (url) => {
      url.password = 'wrong';
    },
  },
  'empty database': { migrated: false },
  'everything in a schema off the search_path': {
    prepare: sql('ALTER SCHEMA public RENAME TO calls', 'CREATE SCHEMA public'),
  },
  'one table in a schema off the search_path': {
    prepare: sql('CREATE SCHEMA archive', 'ALTER TABLE lead SET SCHEMA archive'),
  },
  'role without any privilege': { prepare: sql("CREATE ROLE app LOGIN PASSWORD 'app'"), connect: as('app') },
  'role that may not read one table': {
    prepare: sql(
      ...appRole,
      'GRANT USAGE ON SCHEMA shipshape TO app',
      'GRANT SELECT ON shipshape.ledger TO app',
      'REVOKE SELECT ON call_event FROM app',
    ),
    connect: as('app'),
  },
  'role that may not write one table': {
    prepare: sql(
      ...appRole,
      'GRANT USAGE ON SCHEMA shipshape TO app',
      'GRANT SELECT ON shipshape.ledger TO app',
      'REVOKE INSERT, UPDATE ON call_event FROM app',
    ),
    connect: as('app'),
  },
  'pending migration': {
    prepare: sql(
      "DELETE FROM shipshape.ledger WHERE id >= '0051'",
      'DROP TABLE call_cost_reason',
      'ALTER TABLE call_log DROP COLUMN recording_mode',
    ),
  },
  'applied, but the column is gone': { prepare: sql('ALTER TABLE call_log DROP COLUMN recording_mode') },
  'column of the wrong type': {
    prepare: sql('ALTER TABLE call_log ALTER COLUMN stream_started_at TYPE text'),
  },
  'required column that the code does not know': {
    prepare: sql('ALTER TABLE lead ADD COLUMN region text NOT NULL'),
  },
  'snapshot missing': { snapshot: 'missing' },
  'snapshot missing, and a column too': {
    snapshot: 'missing',
    prepare: sql('ALTER TABLE call_log DROP COLUMN recording_mode'),
  },
  'snapshot stale': { snapshot: 'stale' },
  'ledger that the role may not read, and a column is gone': {
    prepare: sql('ALTER TABLE call_log DROP COLUMN recording_mode', ...appRole),
    connect: as('app'),
  },
  'ledger that the role may not read': { prepare: sql(...appRole), connect: as('app') },
  'no migrations at hand, and a column is gone': {
    prepare: sql('ALTER TABLE call_log DROP COLUMN recording_mode'),
    elsewhere: true,
    flags: ['--drizzle', '<root>/apps/calls/src/db/schema.ts'],
  },
  'neither models nor a snapshot': {
    elsewhere: true,
    flags: ['--snapshot', 'shipshape.snapshot.json'],
    models: false,
    snapshot: 'missing',
  },
  'wrong folder': { elsewhere: true },
};
