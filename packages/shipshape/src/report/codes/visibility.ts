// Codes of what the connected role cannot see or use: privileges, the search path, a database with nothing of the code.
import { defineCode } from '../code.ts';
import { count } from '../render/wrap.ts';

export function visibilityCodes() {
  return {
    'outside-search-path': defineCode<{
      subject: string;
      places: string;
      path: string;
      role: string;
      schema: string;
    }>({
      severity: 'error',
      exit: 1,
      title: 'A table exists, but not where the code would look for it.',
      explain:
        'The code names the table without a schema, so PostgreSQL looks in the schemas of search_path only. The table is in another schema.',
      what: ({ subject, places, path }) =>
        `${subject} is not on the search path (${path || 'which is empty'}): it is ${places}`,
      because: () => 'PostgreSQL would answer 42P01 to every statement on it',
      do: ({ role, schema, path }) =>
        `ALTER ROLE ${role} SET search_path = ${[schema, path].filter(Boolean).join(', ')};`,
    }),
    'no-privilege': defineCode<{
      subject: string;
      rights: string;
      /** The same as SQL. */
      grant: string;
      held: string | null;
      role: string;
      target: string;
    }>({
      severity: 'error',
      exit: 1,
      title: 'The connected role may not use a table of the code.',
      explain:
        'The table is there, but the role that the code connects as lacks one of SELECT, INSERT, UPDATE and DELETE on it, or USAGE on its schema. A right on every column that the code names is as good as one on the table.',
      what: ({ subject, rights, held, role }) =>
        `${role} may not ${rights} ${rights === 'usage' ? 'of' : 'on'} ${subject}${held === null ? '' : ` (it may ${held})`}`,
      because: () => 'PostgreSQL would answer 42501 to such a statement',
      do: ({ grant, target, role }) => `GRANT ${grant} ON ${target} TO ${role};`,
    }),
    'catalogue-empty': defineCode<{
      database: string;
      tables: number;
      others: number;
      /** Rows of our ledger; null where it is not ours to ask: no migrations are known, or another tool's. */
      applied: number | null;
      /** How the tool that owns the migrations applies them. */
      command: string | null;
    }>({
      severity: 'error',
      exit: 4,
      title: 'The database has none of the tables that the code needs.',
      explain:
        'No table of the code was found in any schema: no migration was ever applied here, the tables were removed, or it is the wrong database. A catalogue in which nothing can be compared is never "clean".',
      what: ({ database, tables, others, applied }) =>
        [
          `the code needs ${count(tables, 'table')}, and the database ${database} has none of them`,
          ...(others === 0 ? [] : [` but ${count(others, 'other')}`]),
          ...(applied === null
            ? []
            : [
                applied === 0
                  ? ': no migration was ever applied here'
                  : `, although its ledger has ${count(applied, 'migration')}`,
              ]),
        ].join(''),
      because: ({ applied }) =>
        applied === null || applied === 0
          ? 'it is new, or it is not the database that was meant'
          : 'they were removed, or it is not the database that was meant',
      do: ({ applied, command }) => {
        if (applied === null)
          return `${command ?? 'apply the migrations'}     if it is the right database; the address is --url or DATABASE_URL`;
        return applied === 0
          ? 'npx shipshape migrate     if it is the right database'
          : 'npx shipshape status';
      },
    }),
    'catalogue-elsewhere': defineCode<{ tables: number; path: string; schema: string; role: string }>({
      severity: 'error',
      exit: 4,
      title: 'All tables of the code are in a schema where it does not look.',
      explain:
        'The tables exist, but none of them in a schema of search_path, so the code would find none: the wrong schema is configured, or the role has another search_path than the one that migrated.',
      what: ({ tables, path, schema }) =>
        `the code needs ${count(tables, 'table')}, and none is on the search path (${path || 'which is empty'}): they are in ${schema}`,
      because: () => 'PostgreSQL would answer 42P01 to every statement of the code',
      do: ({ role, schema, path }) =>
        `ALTER ROLE ${role} SET search_path = ${[schema, path].filter(Boolean).join(', ')};`,
    }),
    'catalogue-forbidden': defineCode<{ tables: number; schema: string; role: string; usage: boolean }>({
      severity: 'error',
      exit: 4,
      title: 'The connected role may not use any table of the code.',
      explain:
        'The tables are there, but the role lacks USAGE on their schema or every privilege on each of them.',
      what: ({ tables, schema, role, usage }) =>
        usage
          ? `the code needs ${count(tables, 'table')}, and ${role} has no privilege on any`
          : `the code needs ${count(tables, 'table')} of the schema ${schema}, which ${role} may not use`,
      because: () => 'PostgreSQL would answer 42501 or 42P01 to every statement of the code',
      do: ({ role, schema }) =>
        [
          `GRANT USAGE ON SCHEMA ${schema} TO ${role};`,
          `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};`,
        ].join('\n'),
    }),
  } as const;
}
