// Codes of diagnosis: where code, migrations and database disagree, and why.
import { defineCode } from '../code.ts';
import { type Disagreement, renderConsequence, renderLack } from '../disagreement.ts';
import { count } from '../render/wrap.ts';
import { historyCodes } from './history.ts';

export interface Made extends Disagreement {
  /** The migration that makes it so, or null when it is not known which. */
  readonly migration: string | null;
}

const makes = ({ aspect }: Disagreement): string => (aspect === 'existence' ? 'adds' : 'changes');
const inNewMigration = '-- in a new migration; afterwards: npx shipshape snapshot';

export const diagnosisCodes = {
  ...historyCodes,
  'pending-migration': defineCode<Made>({
    severity: 'error',
    exit: 1,
    title: 'A migration that the code needs is not applied here.',
    explain:
      'The code declares it, a migration makes it, and the ledger of this database does not have that migration. The code was deployed before its migration.',
    what: (data) =>
      `${renderLack(data)}: ${data.migration ?? 'a migration that is not applied here'} ${makes(data)} it${data.migration === null ? '' : ' and is not applied here'}`,
    because: renderConsequence,
    do: () => 'npx shipshape migrate',
  }),
  'drifted-schema': defineCode<Made & { sql: string; ahead: readonly string[] }>({
    severity: 'error',
    exit: 1,
    title: 'What an applied migration made was changed by hand.',
    explain:
      'The code declares it, a migration makes it, the ledger says that the migration is applied, and yet the database does not have it so: somebody changed it outside the migrations. Running the migrations again does nothing, since they are applied; the SQL that brings back what the migration made is printed.',
    what: (data) =>
      `${renderLack(data)}, although ${data.migration === null ? 'every migration' : `${data.migration}, which ${data.aspect === 'existence' ? 'adds it' : 'made it so'},`} is applied`,
    because: (data) =>
      data.ahead.length === 0
        ? renderConsequence(data)
        : `${renderConsequence(data)}. ${data.ahead.join(', ')}, which this release does not know, may have changed it`,
    do: ({ sql, ahead }) =>
      ahead.length === 0 ? sql : `-- start the release that knows ${ahead.join(', ')}, or:\n${sql}`,
  }),
  'forgotten-migration': defineCode<Disagreement & { sql: string }>({
    severity: 'error',
    exit: 1,
    title: 'The code declares what no migration makes.',
    explain:
      'The models were changed and the migration was forgotten: no database that the migrations build will have it. The SQL that the forgotten migration needs is printed; when a similar name is there, the model may mean that one.',
    what: (data) => `${renderLack(data)}: no migration ${makes(data)} it`,
    because: renderConsequence,
    do: ({ sql, lack, found }) =>
      [
        inNewMigration,
        sql,
        ...(lack === 'missing' && found !== null
          ? [`-- or, if ${found} is meant, name it so in the model`]
          : []),
      ].join('\n'),
  }),
  'harmless-difference': defineCode<Disagreement>({
    severity: 'note',
    exit: 1,
    title: 'The models and the migrations say the same in different words.',
    explain:
      'The order of the columns of a key, the order of the labels of an enum or a label that the models have dropped, a serial column beside an identity column: no statement of the code can tell the difference.',
    what: renderLack,
    because: () => 'no statement of the code can tell the difference',
    do: () => 'nothing',
  }),
  'unrecorded-change': defineCode<Disagreement & { sql: string }>({
    severity: 'warning',
    exit: 1,
    title: 'This database has what no migration makes.',
    explain:
      'The code declares it and this database has it, but no migration makes it: it was made by hand here and will be missing in the next database. The migration that records it has to run on this database too, so the SQL that is printed may run where it is already so.',
    what: ({ subject, aspect }) =>
      aspect === 'existence'
        ? `${subject} was made by hand in this database: no migration adds it`
        : `the ${aspect} of ${subject} was changed by hand in this database: no migration changes it`,
    because: () => 'the next database that is built from the migrations will not have it',
    do: ({ sql }) => `${inNewMigration}\n${sql}`,
  }),
  'cause-unknown': defineCode<
    Disagreement & { filesPending: readonly string[]; without: 'snapshot' | 'ledger' }
  >({
    severity: 'error',
    exit: 1,
    title: 'The database lacks what the code needs, and why cannot be told.',
    explain:
      'Without a snapshot beside the migrations it is not known what they build, and without the ledger it is not known which of them are applied: a pending migration, a forgotten one and a change by hand then look alike.',
    what: renderLack,
    because: (data) =>
      data.without === 'ledger'
        ? `${renderConsequence(data)}. This role may not read the ledger, so it is not known whether its migration is pending or its work was undone by hand`
        : data.filesPending.length > 0
          ? `${renderConsequence(data)}. Without a snapshot it is not known whether ${data.filesPending.join(', ')}, not applied here, would change that`
          : `${renderConsequence(data)}. Without a snapshot it is not known whether a migration for it is pending, was forgotten, or was undone by hand`,
    do: ({ filesPending, without }) =>
      without === 'ledger'
        ? 'npx shipshape verify     as a role that may read shipshape.ledger'
        : filesPending.length > 0
          ? 'npx shipshape migrate'
          : 'npx shipshape snapshot     then npx shipshape verify',
  }),
  'required-column-unknown': defineCode<{
    subject: string;
    table: string;
    name: string;
    maker: string | null;
    inMigrations: boolean;
  }>({
    severity: 'error',
    exit: 1,
    title: 'A column that every insert must name is not known to the code.',
    explain:
      'The column must not be null, has no default, and the models do not have it: every row that this code inserts is refused. It happens when a column is added as required before all running code writes it, or is dropped from the models first.',
    what: ({ subject, maker }) =>
      `${subject} must not be null, has no default, and the code does not know it${maker === null ? '' : ` (made by ${maker})`}`,
    because: ({ table }) => `every insert of this code into ${table} is refused (23502)`,
    do: ({ table, name, inMigrations }) =>
      [
        ...(inMigrations ? [inNewMigration] : []),
        `ALTER TABLE ${table} ALTER COLUMN ${name} DROP NOT NULL;`,
      ].join('\n'),
  }),
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
    held: string | null;
    role: string;
    target: string;
  }>({
    severity: 'error',
    exit: 1,
    title: 'The connected role may not use a table of the code.',
    explain:
      'The table is there, but the role that the code connects as lacks one of SELECT, INSERT, UPDATE and DELETE on it, or USAGE on its schema.',
    what: ({ subject, rights, held, role }) =>
      `${role} may not ${rights} ${rights === 'usage' ? 'of' : 'on'} ${subject}${held === null ? '' : ` (it may ${held})`}`,
    because: () => 'PostgreSQL would answer 42501 to such a statement',
    do: ({ rights, target, role }) => `GRANT ${rights.toUpperCase()} ON ${target} TO ${role};`,
  }),
  'catalogue-empty': defineCode<{ database: string; tables: number; others: number; applied: number }>({
    severity: 'error',
    exit: 4,
    title: 'The database has none of the tables that the code needs.',
    explain:
      'No table of the code was found in any schema: no migration was ever applied here, the tables were removed, or it is the wrong database. A catalogue in which nothing can be compared is never "clean".',
    what: ({ database, tables, others, applied }) =>
      [
        `the code needs ${count(tables, 'table')}, and the database ${database} has none of them`,
        ...(others === 0 ? [] : [` but ${count(others, 'other')}`]),
        applied === 0
          ? ': no migration was ever applied here'
          : `, although its ledger has ${count(applied, 'migration')}`,
      ].join(''),
    because: ({ applied }) =>
      applied === 0
        ? 'it is new, or it is not the database that was meant'
        : 'they were removed, or it is not the database that was meant',
    do: ({ applied }) =>
      applied === 0 ? 'npx shipshape migrate     if it is the right database' : 'npx shipshape status',
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
  'retired-column': defineCode<{
    subject: string;
    table: string;
    name: string;
    maker: string | null;
    inMigrations: boolean;
  }>({
    severity: 'note',
    exit: 1,
    title: 'The migrations build a column that the models do not have.',
    explain:
      'It can be left out of an insert, so it does no harm: a column is dropped from the models first and from the database when no release reads it any more.',
    what: ({ subject, maker }) =>
      `${subject}${maker === null ? '' : `, made by ${maker},`} is not in the models`,
    because: () => 'it may be left out of inserts, so code without it runs',
    do: ({ table, name }) => `-- when no running release reads it: ALTER TABLE ${table} DROP COLUMN ${name};`,
  }),
  'unmapped-object': defineCode<{ subject: string }>({
    severity: 'note',
    exit: 1,
    title: 'The migrations build something that the models do not have.',
    explain:
      'A table, an index or a constraint that was written in SQL. Models cannot say everything, so this is only told.',
    what: ({ subject }) => `${subject} is not in the models`,
    because: () => 'it was written in SQL only',
    do: () => 'nothing',
  }),
  'gone-by-hand': defineCode<{ subject: string; aspect: string; migration: string | null; sql: string }>({
    severity: 'note',
    exit: 1,
    title: 'What an applied migration made was changed by hand, and no code needs it.',
    explain:
      'The database differs from what its applied migrations built, in something that the models do not ask for.',
    what: ({ subject, aspect, migration }) =>
      `${aspect === 'existence' ? `${subject} is gone` : `the ${aspect} of ${subject} is another`}, although ${migration ?? 'a migration'}, which made it, is applied`,
    because: () => 'the code has what it needs, but the next database will differ from this one',
    do: ({ sql }) => sql,
  }),
} as const;
