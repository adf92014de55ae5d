// Codes of the proofs that run on a scratch server.
import { defineCode } from '../code.ts';
import { type ForeignWord, renderForeign } from './migration.ts';

export function proofCodes() {
  return {
    'migration-does-not-apply': defineCode<{
      file: string;
      line: number | null;
      sqlstate: string;
      message: string;
      foreign: ForeignWord | null;
      /** Files that lie in the folder and that its tool does not run. */
      orphans: readonly string[];
    }>({
      severity: 'error',
      exit: 1,
      title: 'A migration fails on the schema that the migrations before it build.',
      explain:
        'The migrations are replayed in order on an empty PostgreSQL. The first one that fails is named and nothing behind it is judged: fifty lines about missing tables would only hide the one that matters. Each file is sent as its own tool sends it, in transactions by the rule of that tool.',
      what: ({ file, line, sqlstate, message, foreign }) =>
        `${file}${line === null ? '' : `:${line}`} does not apply after the migrations before it: ${message} (${sqlstate})${renderForeign(foreign)}`,
      because: ({ orphans }) =>
        `an empty database could not be built from this folder, and no later migration was judged${
          orphans.length === 0
            ? ''
            : `; ${orphans.join(', ')} ${orphans.length === 1 ? 'lies' : 'lie'} there too and ${orphans.length === 1 ? 'is' : 'are'} not run`
        }`,
      do: ({ file, foreign }) =>
        foreign === null
          ? `mend ${file}, then npx shipshape check`
          : `name the folder of the PostgreSQL migrations (--migrations <folder>), or write ${file} for PostgreSQL`,
    }),
    'extension-not-available': defineCode<{ place: string; extension: string }>({
      severity: 'error',
      exit: 2,
      title: 'The scratch PostgreSQL lacks an extension that the schema asks for.',
      explain:
        'The embedded PostgreSQL brings the extensions that PostgreSQL itself ships (pgcrypto, citext, pg_trgm, uuid-ossp, hstore …) and a stand-in for vector. For any other one (postgis, timescaledb), name a server that has it: databases are made there for the time of the command, and removed.',
      what: ({ place, extension }) =>
        `${place} creates the extension ${extension}, which the scratch PostgreSQL does not have`,
      because: () => 'what needs the extension cannot be built there, and nothing was judged',
      do: ({ extension }) =>
        `npx shipshape check --scratch postgres://user@host:5432/postgres     (or SHIPSHAPE_SCRATCH_URL): a server on which ${extension} can be created`,
    }),
    'transaction-rule-unfit': defineCode<{
      tool: string;
      command: string;
      place: string;
      message: string;
      sqlstate: string;
    }>({
      severity: 'warning',
      exit: 1,
      title: 'The tool cannot build a new database from these migrations in one go.',
      explain:
        'Some tools (Drizzle, node-pg-migrate) run everything that is not applied in one transaction. A label that was added to an enum cannot be used before that transaction has ended (55P04), and CONCURRENTLY cannot run in it (25001): a database that was deployed step by step has what a new one cannot get. The migrations were judged one by one, as such a database has them.',
      what: ({ tool, place, message, sqlstate }) =>
        `${tool} cannot build a new database from these migrations: ${message} (${sqlstate}) at ${place}`,
      because: ({ tool }) =>
        `${tool} runs all that is not applied in one transaction; the files were judged one by one, as a database has them that was deployed step by step`,
      do: ({ command, place }) =>
        `deploy a new database in two steps, the second from ${place} on, or run that statement apart from ${command}`,
    }),
    'scratch-missing': defineCode<{ problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'There is no PostgreSQL to replay the migrations on.',
      explain:
        'Proofs run on a throwaway PostgreSQL, never on yours. It comes from the package shipshape-embedded, or from a server that you name.',
      what: ({ problem }) => `there is no scratch PostgreSQL: ${problem}`,
      because: () => 'migrations are judged by running them on a real server, never by reading their text',
      do: () =>
        'npm install --save-dev shipshape-embedded     or set SHIPSHAPE_SCRATCH_URL to a server where databases may be made',
    }),
  } as const;
}
