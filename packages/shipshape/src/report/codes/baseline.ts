// Codes of `baseline` and `adopt`: databases that were built otherwise.
import { defineCode } from '../code.ts';

export function baselineCodes() {
  return {
    'ledger-kept-by-tool': defineCode<{ folder: string; tool: string }>({
      severity: 'error',
      exit: 2,
      title: "The folder is another tool's, whose own ledger says what is applied.",
      explain:
        '`baseline` and `adopt` mark files of our own form as applied, in `shipshape.ledger`. For the folder of another tool that is not needed: `migrate` goes by the table of the tool and writes its rows there. To leave the tool, copy its SQL into a folder of our form (`0001_name.sql`), then `adopt`.',
      what: ({ folder, tool }) => `${folder} is a folder of ${tool}, and nothing in it is to be marked`,
      because: ({ tool }) => `what is applied of it is said by the ledger of ${tool}, which migrate goes by`,
      do: () => 'npx shipshape status',
    }),
    'baseline-printed-otherwise': defineCode<{
      subjects: readonly string[];
      replayed: number;
      live: number;
    }>({
      severity: 'note',
      exit: 1,
      title:
        'Some texts are printed otherwise by this PostgreSQL than by the one the files were replayed on.',
      explain:
        'Defaults, checks, indexes on expressions and the queries of views are compared as PostgreSQL prints them, and each major version has its own way to print some of them. Where the files were replayed on another major than this server, two texts that differ may mean the same: they are not taken for a difference. Everything else was verified.',
      what: ({ subjects, replayed, live }) =>
        `${subjects.join(', ')} ${subjects.length === 1 ? 'is' : 'are'} printed by PostgreSQL ${live} otherwise than by ${replayed}, on which the files were replayed`,
      because: () => 'two majors may print one expression in two ways, so these texts are not verified',
      do: ({ live }) =>
        `SHIPSHAPE_SCRATCH_URL=postgres://…     where that is a PostgreSQL ${live}, verifies them too`,
    }),
    'adopt-without-rows': defineCode<{ target: string; folder: string; unread: string | null }>({
      severity: 'error',
      exit: 3,
      title: 'No ledger of another tool says that one of these files is applied.',
      explain:
        '`adopt` looks for the tables that other tools keep (`_prisma_migrations`, `__drizzle_migrations`, `knex_migrations` and the others; `--ledger` names one that is called otherwise) and for rows that mean files of this folder: by the rule of the tool, then by the name without the number at its front, then by the SHA-256 of the file where the tool keeps it. None did. Nothing was marked.',
      what: ({ target, folder, unread }) =>
        unread === null
          ? `no tool keeps a ledger in ${target}`
          : `no row of ${unread} means a file of ${folder}`,
      because: () =>
        'which files are applied is then for you to say; that the database has what they make is verified',
      do: () => 'npx shipshape baseline <migration>     the last file that is applied; or --ledger <table>',
    }),
    'adopt-with-gaps': defineCode<{ table: string; missing: readonly string[]; last: string }>({
      severity: 'error',
      exit: 3,
      title: 'Another tool has applied a file, and not one that comes before it here.',
      explain:
        'What `adopt` marks has to be the first files of the folder, without a gap: only those can be replayed and held against the database. A file that the tool knows by another name can be marked with `baseline`, which verifies the same; one that was never applied belongs behind those that were. Nothing was marked.',
      what: ({ table, missing, last }) =>
        `${table} has ${last}, and not ${missing.join(', ')}, which ${missing.length === 1 ? 'comes' : 'come'} before it`,
      because: () => 'files with a gap between them cannot be verified as one state of the database',
      do: ({ last }) =>
        `npx shipshape baseline ${last}     where they are applied under other names; else give them a number above it`,
    }),
    'adopt-failed-there': defineCode<{ table: string; migrations: readonly string[]; act: string }>({
      severity: 'error',
      exit: 3,
      title: 'Another tool has failed in a migration and not come to terms with it.',
      explain:
        'A row of the ledger of the tool says that a migration was begun and did not come to its end (Prisma: P3009). Nobody knows what is there of it. Nothing was marked.',
      what: ({ table, migrations }) => `${table} says that ${migrations.join(', ')} failed halfway`,
      because: () => 'a part of it may be in the database, which neither tool would undo or finish',
      do: ({ act }) => act,
    }),
  } as const;
}
