// The runners of others: the same statements in files of the form that each takes.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Migrations } from '../migrations.ts';

const here = dirname(fileURLToPath(import.meta.url));

export interface Peer {
  readonly name: string;
  /** Whether each file commits by itself; others run all in one transaction. */
  readonly each: boolean;
  readonly write: (folder: string, statements: readonly string[]) => void;
}

/** They are of `matrix/`. */
export const hasPeers = existsSync(join(here, '../../matrix/node_modules/knex'));

export const peerScript = join(here, 'peers.mjs');

const firstTime = 1_700_000_000_000;
const timeOf = (at: number): string => `${20_240_101_000_000 + at}`;
const programs =
  (nameOf: (at: number) => string, text: (sql: string, at: number) => string): Peer['write'] =>
  (folder, statements) => {
    for (const [at, sql] of statements.entries())
      writeFileSync(join(folder, nameOf(at)), text(JSON.stringify(sql), at));
  };

export const peers: readonly Peer[] = [
  {
    name: 'Drizzle',
    each: false,
    write(folder, statements) {
      mkdirSync(join(folder, 'meta'));
      const entries = statements.map((sql, idx) => {
        const tag = `${String(idx).padStart(4, '0')}_step`;
        writeFileSync(join(folder, `${tag}.sql`), sql);
        return { idx, version: '7', when: firstTime + idx, tag, breakpoints: true };
      });
      const journal = { version: '7', dialect: 'postgresql', entries };
      writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal));
    },
  },
  {
    name: 'node-pg-migrate',
    each: true,
    write(folder, statements) {
      for (const [at, sql] of statements.entries())
        writeFileSync(join(folder, `${firstTime + at}_step.sql`), `-- Up Migration\n${sql}\n`);
    },
  },
  {
    name: 'Knex',
    each: false,
    write: programs(
      (at) => `${timeOf(at)}_step.js`,
      (sql) => `exports.up = (knex) => knex.raw(${sql});\nexports.down = () => {};\n`,
    ),
  },
  {
    name: 'Umzug',
    each: true,
    write: programs(
      (at) => `${timeOf(at)}-step.js`,
      (sql) => `exports.up = ({ context }) => context.sequelize.query(${sql});\n`,
    ),
  },
  {
    name: 'TypeORM',
    each: true,
    write: programs(
      (at) => `${firstTime + at}-Step.js`,
      (sql, at) =>
        `exports.Step${firstTime + at} = class Step${firstTime + at} {\n  async up(runner) { await runner.query(${sql}); }\n  async down() {}\n};\n`,
    ),
  },
  {
    name: 'Kysely',
    each: false,
    write: programs(
      (at) => `${timeOf(at)}_step.cjs`,
      (sql) =>
        `const { sql } = require(${JSON.stringify(join(here, '../../node_modules/kysely'))});\nexports.up = (db) => sql.raw(${sql}).execute(db);\n`,
    ),
  },
];

/** Beside our own files; goes with them. */
export function writePeerFolder(peer: Peer, { folder, statements }: Migrations): string {
  const own = join(folder, '..', peer.name);
  mkdirSync(own);
  peer.write(own, statements);
  return own;
}
