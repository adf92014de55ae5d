// Codes of fleets: which tenants are meant, and what keeps one of them from being migrated.
import { defineCode } from '../code.ts';
import { renderStand, type Stand } from './stand.ts';

export function fleetCodes() {
  return {
    'tenants-not-found': defineCode<{ pattern: string; target: string; schemas: readonly string[] }>({
      severity: 'error',
      exit: 2,
      title: 'No schema of the database is called as --each-schema says.',
      explain:
        'In the pattern * stands for any characters, and everything else for itself; capitals count. Nothing was done.',
      what: ({ pattern, target }) => `no schema of ${target} is called ${pattern}`,
      because: ({ schemas }) =>
        schemas.length === 0
          ? 'it has no schemas beside those of PostgreSQL; "no tenant" must not look like "nothing to do"'
          : `its schemas are ${schemas.slice(0, 6).join(', ')}${schemas.length > 6 ? ` and ${schemas.length - 6} more` : ''}`,
      do: () => 'correct the pattern, in quotes: npx shipshape migrate --each-schema "tenant_*"',
    }),
    'tenant-schema-reserved': defineCode<{ pattern: string; schemas: readonly string[] }>({
      severity: 'error',
      exit: 2,
      title: 'The pattern of --each-schema takes in a schema that is no tenant.',
      explain:
        'The schemas of PostgreSQL itself (pg_catalog and its like, information_schema) and that of the ledger (shipshape) are nobody’s data. Nothing was done.',
      what: ({ pattern, schemas }) => `${pattern} takes in ${schemas.join(', ')}`,
      because: () => 'those are PostgreSQL’s own and the ledger’s; a migration must not run there',
      do: () => 'narrow the pattern, in quotes: npx shipshape migrate --each-schema "tenant_*"',
    }),
    'tenant-schema-closed': defineCode<{ schema: string; user: string } & Stand>({
      severity: 'error',
      exit: 3,
      title: 'The schema of a tenant cannot be used.',
      explain:
        'PostgreSQL passes over schemas of search_path that do not exist or that the role may not use: what a migration makes would land in the next one. Each transaction is opened only where the tenant’s schema is the current one.',
      what: ({ schema, user }) => `the schema ${schema} is gone, or ${user} may not use it`,
      because: (stand) =>
        `what the migrations make would land in another schema, so that none of them ran; ${renderStand(stand)}`,
      do: ({ schema, user }) =>
        `GRANT USAGE, CREATE ON SCHEMA "${schema.replaceAll('"', '""')}" TO "${user.replaceAll('"', '""')}"; and the same command again`,
    }),
    'fleet-file-unfit': defineCode<{ file: string; line: number | null; problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'The file of --each-url does not name one database a line.',
      explain:
        'Each line is a connection string, or $NAME for the variable that holds one; empty lines and those that begin with # are passed over. All of it is read before anything is done, and no line is ever printed.',
      what: ({ file, line, problem }) => `${file}${line === null ? '' : `:${line}`}: ${problem}`,
      because: () => 'the whole file is read before the first database is touched; nothing was done',
      do: ({ file, line }) =>
        `correct ${line === null ? file : `line ${line} of ${file}`}: a connection string, or $NAME for a variable that holds one`,
    }),
    'fleet-of-another-tool': defineCode<{ folder: string; tool: string }>({
      severity: 'error',
      exit: 2,
      title: 'Tenants in schemas need migrations of our own form.',
      explain:
        'The tables in which other tools keep what they have applied know one history a database. Our ledger keeps one for each schema.',
      what: ({ folder, tool }) =>
        `${folder} is a folder of ${tool}, which keeps one history for the whole database`,
      because: () => 'with --each-schema each schema has a history of its own; nothing was done',
      do: () => 'name a folder of plain SQL with --migrations, or the databases one by one with --each-url',
    }),
  } as const;
}
