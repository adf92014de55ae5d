// Codes of migration files: what is in them, before anything runs.
import { defineCode } from '../code.ts';
import { ours } from './ours.ts';

export function fileCodes() {
  return {
    'migration-header-wrong': defineCode<{
      migration: string;
      place: string;
      text: string;
      problem: string;
    }>({
      severity: 'error',
      exit: 2,
      title: 'A line "-- shipshape: …" of a migration file is not understood.',
      explain:
        'The header stands above the first statement, one directive a line: `no-transaction`, `backfill table=… key=… batch=… pause=…`, `repeatable`, `destroys <address> because …`, `rewrites <address> because …`, `lock-timeout 500ms`, `requires PostgreSQL >= 15`. What is not understood is not passed over: the file would be run otherwise than its author meant.',
      what: ({ migration, text }) => `${migration} says "${text}"`,
      because: ({ problem }) => problem,
      do: ({ place }) => `correct ${place}; docs/migrations.md lists what a header may say`,
    }),
    'down-missing': defineCode<{
      migration: string;
      file: string;
      /** The way back is a section of that file. */
      section: boolean;
    }>({
      severity: 'error',
      exit: 3,
      title: 'A migration has no way back.',
      explain:
        'A migration is undone by the file of its name that ends in `.down.sql`, or by what stands under the mark for the way down in the file of dbmate, goose, sql-migrate or node-pg-migrate; nothing there is no way back. It is never made up: what a migration has dropped or overwritten no SQL brings back.',
      what: ({ migration }) => `${migration} has no way back`,
      because: ({ file, section }) =>
        `${section ? `${file} holds no statement for the way down` : `there is no ${file}`}; nothing was undone`,
      do: ({ file, section }) =>
        `write ${section ? `it into ${file}` : file}, or a new migration that goes forward`,
    }),
    'down-of-another-tool': defineCode<{
      folder: string;
      tool: string;
      programs: boolean;
      command: string | null;
    }>({
      severity: 'error',
      exit: 3,
      title: 'The folder has no way back that Shipshape could run.',
      explain:
        "Prisma and Drizzle keep no way back, and what is in programs (Knex, TypeORM, MikroORM, Sequelize, Kysely) only their own tool can run. Nothing was undone. The SQL files of dbmate, goose, sql-migrate and node-pg-migrate are undone by their section for the way down, and the tool's own row goes with it.",
      what: ({ folder, tool }) =>
        `${folder} is a folder of ${tool}: it has no way back that could be run here`,
      because: ({ tool, programs }) =>
        programs
          ? `its migrations are programs, which ${tool} alone can run`
          : `${tool} keeps only the way forward`,
      do: ({ command }) => command ?? 'write a new migration that takes back what is not wanted',
    }),
    'down-below': defineCode<{ migration: string; above: readonly string[] }>({
      severity: 'error',
      exit: 3,
      title: 'A migration is to be undone that others stand upon.',
      explain:
        'Migrations are undone from the newest on. One that was applied after it, by a newer release perhaps, or by somebody at this moment, may rest on what would be taken away.',
      what: ({ migration, above }) =>
        `${migration} is not the newest here: ${above.join(', ')} is applied after it`,
      because: () => 'what is newer may rest on what would be taken away; nothing was undone',
      do: ({ migration, above }) =>
        `undo ${above.join(', ')} first, from a folder that has them, or leave ${migration} as it is`,
    }),
    'migration-down-alone': defineCode<{ file: string; migration: string }>({
      severity: 'error',
      exit: 2,
      title: 'A way back belongs to no migration.',
      explain: 'A file `<migration>.down.sql` undoes the migration of that name, and there is none.',
      what: ({ file }) => `${file} undoes nothing`,
      because: ({ migration }) => `there is no ${migration}.sql beside it`,
      do: ({ file, migration }) =>
        `rename ${file} after the migration that it undoes, or write ${migration}.sql`,
    }),
    'migration-holds-transaction': defineCode<{ migration: string; place: string; statement: string }>({
      severity: 'error',
      exit: 3,
      title: 'A migration file begins or ends a transaction itself.',
      explain:
        'Each file runs in one transaction together with its row of the ledger. A COMMIT inside it would keep half of a file that fails later. In a file that says `no-transaction` each statement is a transaction of its own, and there is none to begin or to end. Nothing was applied.',
      what: ({ migration, statement }) => `${migration} holds ${statement}`,
      because: () =>
        `each file already runs in one transaction with its row of the ledger; ending it early would keep half of a file that fails later; ${ours}`,
      do: ({ place, statement }) =>
        `take ${statement} out (${place}); the transaction around the file is there`,
    }),
    'migration-reads-client': defineCode<{ migration: string; place: string }>({
      severity: 'error',
      exit: 3,
      title: 'A migration file holds COPY … FROM STDIN.',
      explain:
        'The rows of COPY … FROM STDIN come from the client, as psql sends what follows the statement up to a line of `\\.`. A migration is sent to the server as SQL, and there is nobody who would send rows. Nothing was applied.',
      what: ({ migration }) => `${migration} holds COPY … FROM STDIN`,
      because: () => `its rows would have to come from the client, and a migration is SQL alone; ${ours}`,
      do: ({ place }) =>
        `write the rows as INSERT at ${place} (pg_dump --inserts does), or load them with psql before or after`,
    }),
    'migration-outside-transaction': defineCode<{
      migration: string;
      statement: string;
      place: string;
      file: string;
      /** `file`: another tool's, in which our header says nothing. */
      way: 'apart' | 'file' | 'leave out';
    }>({
      severity: 'error',
      exit: 3,
      title: 'A migration file holds a statement that PostgreSQL runs only outside a transaction.',
      explain:
        'CREATE INDEX CONCURRENTLY, VACUUM, ALTER SYSTEM, CREATE DATABASE and a few others refuse to run in a transaction. A file of nothing but such statements is run step by step; one that holds others as well has to say that it is not one transaction: a failure half-way then leaves what was done before it, and the next run goes on there. DISCARD ALL is refused in every file: it would give up the lock of the runner. Nothing was applied.',
      what: ({ migration, statement }) =>
        `${migration} holds ${statement}, which cannot run in a transaction`,
      because: ({ way }) =>
        way !== 'leave out'
          ? `with other statements beside it the file is one transaction, applied whole or not at all; ${ours}`
          : `it would give up the runner's lock; what a file sets is gone at its end without it; ${ours}`,
      do: ({ way, place, file }) =>
        way === 'apart'
          ? `write -- shipshape: no-transaction on the first line of ${file} (each statement then commits by itself), or move ${place} into a file of its own`
          : way === 'file'
            ? `move ${place} into a file of its own, with its tool's mark for no transaction where there is one (dbmate: transaction:false, goose: NO TRANSACTION, sql-migrate: notransaction)`
            : `take it out at ${place}`,
    }),
    'migration-requires-newer': defineCode<{ migration: string; wanted: number; found: number }>({
      severity: 'error',
      exit: 3,
      title: 'A migration asks for a newer PostgreSQL than this one.',
      explain:
        'A line `-- shipshape: requires PostgreSQL >= N` at the head of a pending file is compared with the server before anything runs. Nothing was applied.',
      what: ({ migration, wanted, found }) =>
        `${migration} requires PostgreSQL ${wanted}, and this is PostgreSQL ${found}`,
      because: () => 'it would fail half-way; nothing was applied',
      do: ({ wanted, migration }) =>
        `upgrade the server to PostgreSQL ${wanted}, or write ${migration} for this one`,
    }),
  } as const;
}
