// Codes of the folder of migrations: whose it is, what is in it, and what its tool would not run.
import { defineCode } from '../code.ts';
import { type Disagreement, renderConsequence, renderLack } from '../disagreement.ts';

/** The first of them, so that a sentence stays one. */
function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

function namesOf(entries: readonly { readonly tag: string }[]): string {
  return entries.map(({ tag }) => tag).join(', ');
}

export function folderCodes() {
  return {
    'folder-missing': defineCode<{ folder: string }>({
      severity: 'error',
      exit: 2,
      title: 'The folder of migrations is not there.',
      explain: 'The configured folder of migrations does not exist, or is no folder.',
      what: ({ folder }) => `there is no folder ${folder}`,
      because: () => 'a wrong folder must not look like "nothing to do"',
      do: ({ folder }) => `correct the folder of migrations in the configuration, or mkdir -p ${folder}`,
    }),
    'folder-empty': defineCode<{ folder: string; seen: readonly string[]; better: string | null }>({
      severity: 'error',
      exit: 2,
      title: 'The folder of migrations holds no migration.',
      explain:
        'The folder is there, and nothing in it is a migration of a tool that is known: no file with a number or a time at the front, no journal of Drizzle, no folders with a migration.sql. What lies there instead is said.',
      what: ({ folder, seen }) =>
        `${folder} holds no migration${seen.length === 0 ? '' : `, only ${some(seen)}`}`,
      because: () => 'a wrong folder must not look like "nothing to do"',
      do: ({ better }) =>
        better === null
          ? 'correct the folder of migrations in the configuration, or name the first file 0001_<what it does>.sql'
          : `--migrations ${better}     or the same in the configuration`,
    }),
    'folder-ambiguous': defineCode<{
      folder: string;
      signs: readonly { readonly format: string; readonly because: string }[];
    }>({
      severity: 'error',
      exit: 2,
      title: 'Whose folder of migrations this is cannot be told.',
      explain:
        'Each tool has an order and a rule of transactions of its own. What lies in this folder fits two of them, so it has to be said which one runs it. A journal of drizzle-kit 0.x beside folders of 1.0 is an upgrade that stopped half-way: `npx drizzle-kit up` finishes it.',
      what: ({ folder, signs }) =>
        `${folder} looks like a folder of ${signs.map(({ format, because }) => `${format} (${because})`).join(' and of ')}`,
      because: () => 'each tool runs its files in another order and in other transactions',
      do: ({ signs }) =>
        signs.every(({ format }) => format.startsWith('drizzle'))
          ? 'npx drizzle-kit up     or take out what belongs to the other version'
          : `--migrations-format ${signs.map(({ format }) => format).join(' | ')}     or "migrationsFormat" in the configuration`,
    }),
    'folder-of-scripts': defineCode<{
      folder: string;
      tool: string;
      example: string;
      command: string | null;
      act: 'check' | 'migrate';
    }>({
      severity: 'error',
      exit: 2,
      title: 'The migrations are programs, which only their own tool can run.',
      explain:
        "Migrations in JavaScript or TypeScript (Knex, TypeORM, MikroORM, Sequelize with umzug, node-pg-migrate, Kysely) are not read: they are run. Give the command by which the team applies them; `check` calls it with DATABASE_URL and the PG* variables of a throwaway database and reads back what it builds there; `migrate` calls it with those of your database, under its lock, and reads the tool's table afterwards. Several connections are fine. It must take the database's address from these variables, and must not ask questions.",
      what: ({ folder, tool, example }) => `${folder} holds programs of ${tool} (${example})`,
      because: () => 'only their own tool knows in which order and how they are run',
      do: ({ act, command }) => `npx shipshape ${act} --replay "${command ?? 'npm run migrate'}"`,
    }),
    'folder-of-another-tool': defineCode<{ folder: string; tool: string; command: string | null }>({
      severity: 'error',
      exit: 3,
      title: 'The folder of migrations belongs to a tool whose ledger is not written.',
      explain:
        "The SQL files of Prisma, Drizzle, dbmate, node-pg-migrate, goose and sql-migrate are applied, and the tool's own table says so afterwards. Those of Flyway, golang-migrate and of tools that plain SQL files tell nothing of are only read, for `check`, `snapshot`, `verify` and `diff`: the tool that keeps their ledger applies them. Nothing was applied.",
      what: ({ folder, tool }) => `${folder} is a folder of ${tool}, whose ledger Shipshape does not write`,
      because: ({ tool }) => `${tool} would not know what was applied here, and would apply it again`,
      do: ({ command, tool }) => command ?? `apply it with ${tool}`,
    }),
    'folder-other-database': defineCode<{ folder: string; file: string; says: string }>({
      severity: 'error',
      exit: 2,
      title: 'The folder of migrations is for another kind of database.',
      explain:
        'The file that the tool keeps beside the migrations says for which database they are written, and it is not PostgreSQL. Projects that support several databases keep one folder for each.',
      what: ({ folder, says }) => `${folder} is for ${says}, not for PostgreSQL`,
      because: ({ file, says }) => `${file} says ${says}`,
      do: () => 'name the folder of the PostgreSQL migrations: --migrations <folder>',
    }),
    'migration-name-foreign': defineCode<{ file: string }>({
      severity: 'error',
      exit: 2,
      title: 'A file in the folder of migrations is not named like one.',
      explain:
        'A migration is called NNNN_name.sql: a number of at least four digits, an underscore, a name of letters, digits, _ and -. An SQL file, or a folder that begins with a number, with any other name is refused: it would be skipped in silence.',
      what: ({ file }) => `${file} is not named NNNN_name.sql`,
      because: () => 'it would be skipped in silence',
      do: ({ file }) =>
        `rename it (0001_first.sql), or move it out of the folder: git mv ${file} …     or, where another tool runs this folder: --migrations-format sql`,
    }),
    'migration-number-twice': defineCode<{ number: string; files: readonly string[] }>({
      severity: 'error',
      exit: 2,
      title: 'Two migrations have the same number.',
      explain:
        'Migrations run in the order of their numbers. Two branches that each added one may have taken the same number.',
      what: ({ number, files }) => `${files.join(' and ')} have the same number ${number}`,
      because: () => 'the order in which they run would be left to chance',
      do: ({ files }) => `give the newer one the next free number: git mv ${files.at(-1)} …`,
    }),
    'migration-not-text': defineCode<{ file: string; problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'A migration file is no UTF-8 text.',
      explain: 'SQL is read as UTF-8. A NUL character would end it early, and what follows would be skipped.',
      what: ({ file, problem }) => `${file} ${problem}`,
      because: () => 'PostgreSQL would get another text than the one you see',
      do: ({ file }) => `save ${file} as UTF-8`,
    }),
    'migration-not-numbered': defineCode<{ file: string }>({
      severity: 'warning',
      exit: 2,
      title: 'An SQL file in the folder of migrations has no number at its front, and is not run.',
      explain:
        'Only files with a number or a time at the front have a place in the order. Seeds, dumps and notes may lie beside them; a migration must not.',
      what: ({ file }) => `${file} has no number at its front and is not run`,
      because: () => 'if it is a migration, no database has it',
      do: ({ file }) => `nothing, if it is none; otherwise give it the next number: git mv ${file} …`,
    }),
    'migration-kind-unsupported': defineCode<{ file: string; kind: string }>({
      severity: 'error',
      exit: 2,
      title: 'A kind of migration file that is not followed.',
      explain:
        "A baseline of Flyway's (B1__x.sql) stands for all versions before it on an empty database, and for nothing on another. Shipshape runs versions (V1__x.sql) and then what is repeatable (R__x.sql); placeholders, callbacks and script configurations are not followed either.",
      what: ({ file, kind }) => `${file} is ${kind}, which is not followed`,
      because: () => 'an empty database is built differently from the one that you have',
      do: () => 'npx shipshape check --replay "flyway migrate"     lets the tool itself build the database',
    }),
    'migration-section-missing': defineCode<{ file: string; tool: string }>({
      severity: 'error',
      exit: 2,
      title: 'A migration file has no mark where its way up begins.',
      explain:
        'Files of this tool hold the way up and the way down, each after a mark in a comment (`-- migrate:up`, `-- +goose Up`). Without the mark the tool refuses the file.',
      what: ({ file, tool }) => `${file} has no mark of ${tool} for its way up`,
      because: ({ tool }) => `${tool} refuses such a file`,
      do: ({ tool }) => `put the mark of ${tool} above the first statement`,
    }),
    'migration-file-missing': defineCode<{
      file: string;
      migration: string;
      listedBy: string;
      /** How to do without it. */
      otherwise: string;
    }>({
      severity: 'error',
      exit: 1,
      title: 'A migration that is listed has no file.',
      explain:
        'The journal (Drizzle) or the folder (Prisma) says that there is such a migration, and its SQL is not there: lost in a merge, or never committed. The tool itself stops at it, so no database can be built, and nothing behind it is judged.',
      what: ({ file, migration }) => `${migration} has no file: ${file} is not there`,
      because: ({ listedBy }) => `${listedBy} lists it, and the tool stops where it is missing`,
      do: ({ file, otherwise }) =>
        `git log --all --diff-filter=D -- '${file}'     to find it again, or ${otherwise}`,
    }),
    'migration-orphan': defineCode<{ file: string; tool: string; journal: string; adopt: string }>({
      severity: 'warning',
      exit: 1,
      title: 'A migration file is not in the journal, and is never run.',
      explain:
        'Drizzle runs what its journal lists. A file that lies in the folder and is not listed (the entry was lost in a merge, or the file was added by hand) runs nowhere, and nothing says so. Where the models need what it makes, that is told as `orphaned-migration`.',
      what: ({ file, journal }) => `${file} is not in ${journal}: no database has it`,
      because: ({ tool }) => `${tool} runs what the journal lists, and says nothing of other files`,
      do: ({ adopt }) => `${adopt}     or delete the file`,
    }),
    'orphaned-migration': defineCode<Disagreement & { file: string; tool: string; adopt: string }>({
      severity: 'error',
      exit: 1,
      title: 'The code declares what only a file makes that is never run.',
      explain:
        'The migration was written, and its tool does not run it: it is not in the journal of Drizzle, or it lies beside the folders of Prisma. Most often its entry was lost in a merge. The file was run on the scratch database after all others, and then the models agree in this.',
      what: (data) =>
        `${renderLack(data)}: ${data.file} ${data.aspect === 'existence' ? 'adds' : 'changes'} it, and ${data.tool} does not run that file`,
      because: renderConsequence,
      do: ({ adopt }) => adopt,
    }),
    'journal-unreadable': defineCode<{ file: string; problem: string }>({
      severity: 'error',
      exit: 2,
      title: "The journal of Drizzle's migrations cannot be read.",
      explain:
        'It is no JSON, holds conflict markers of git, or has no list of entries with a tag and a time.',
      what: ({ file, problem }) => `${file} cannot be read: ${problem}`,
      because: () => 'the journal says which migrations there are, and in which order',
      do: ({ file }) =>
        `mend ${file}: both sides of a conflict are entries that stay, each with its own time`,
    }),
    'journal-out-of-order': defineCode<{
      file: string;
      /** The entry with the highest time before them. */
      before: { readonly tag: string; readonly when: number };
      /** `set`: a time that puts it in its place. */
      passed: readonly { readonly tag: string; readonly when: number; readonly set: number }[];
    }>({
      severity: 'error',
      exit: 1,
      title:
        "Times in Drizzle's journal are out of order: a database that is deployed step by step lacks migrations.",
      explain:
        'Drizzle 0.x looks at the highest time that was applied and runs only entries above it. An entry whose time is not above that of every entry before it is passed over in silence by every database that has the earlier one, while a fresh database, such as that of CI, is complete. It happens when branches are merged, and when a time was written by hand. The check from empty cannot see it, and `verify` against the database itself can.',
      what: ({ passed, before }) =>
        `${namesOf(passed)} ${passed.length === 1 ? 'comes' : 'come'} after ${before.tag} in the journal and ${passed.length === 1 ? 'has' : 'have'} no later time`,
      because: ({ before, passed }) =>
        `Drizzle runs only what is later than all it has applied: a database that has ${before.tag} (${before.when}) never gets ${namesOf(passed)}, without a word`,
      do: ({ file, passed }) =>
        [
          ...passed.map(({ tag, when, set }) => `in ${file}, ${tag}: "when": ${when} → ${set}`),
          'where a later migration is applied already, what it makes is still missing: npx shipshape verify --url <that database>',
        ].join('\n'),
    }),
  } as const;
}
