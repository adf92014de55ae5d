// What others do to say whether models and a database agree. Each is run as its users run it, on the same tables.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../measure.ts';

export interface Peer {
  readonly name: string;
  /** The largest number of tables it is asked about. */
  readonly most: number;
  command(about: { readonly url: string; readonly models: string; readonly tables: number }): Command;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '../peers');
const script =
  (file: string): Peer['command'] =>
  ({ url, tables, models }) => ({
    args: [join(folder, file), String(tables), models],
    cwd: folder,
    env: { DATABASE_URL: url },
    limitMs: 90_000,
  });

const drizzleKit: Peer['command'] = ({ url, models }) => ({
  args: [
    join(folder, 'node_modules/drizzle-kit/bin.cjs'),
    'push',
    '--config',
    'drizzle.config.mjs',
    '--force',
  ],
  cwd: folder,
  env: { DATABASE_URL: url, BENCH_MODELS: models },
  limitMs: 90_000,
});

export const peers: readonly Peer[] = [
  { name: 'mikro-orm getUpdateSchemaSQL', most: 1000, command: script('mikro-orm.mjs') },
  { name: 'typeorm schemaBuilder.log', most: 1000, command: script('typeorm.mjs') },
  { name: 'drizzle-kit push, nothing to do', most: 100, command: drizzleKit },
  { name: '@pgkit/migra, database to itself', most: 1000, command: script('migra.mjs') },
];
