// Codes of diagnosis: where code, migrations and database disagree, and why.
import { defineCode } from '../code.ts';
import { type Disagreement, type Lack, renderConsequence, renderLack } from '../disagreement.ts';
import { historyCodes } from './history.ts';
import { visibilityCodes } from './visibility.ts';

export interface Made extends Disagreement {
  /** The migration that makes it so, or null when it is not known which. */
  readonly migration: string | null;
}

/** What a cause cannot be told without. */
export type Lacking =
  | { readonly kind: 'snapshot' | 'ledger' | 'migrations' }
  | {
      readonly kind: 'ledger of another tool';
      readonly tool: string | null;
      readonly command: string | null;
      readonly because: string;
    };

function renderUnknown({
  filesPending,
  without,
}: {
  readonly filesPending: readonly string[];
  readonly without: Lacking;
}): string {
  if (without.kind === 'ledger')
    return 'This role may not read the ledger, so it is not known whether its migration is pending or its work was undone by hand';
  if (without.kind === 'ledger of another tool')
    return `The ledger of ${without.tool ?? 'the tool that runs the migrations'} is not read (${without.because}), so it is not known whether a migration for it is pending or its work was undone by hand`;
  return filesPending.length > 0
    ? `Without a snapshot it is not known whether ${filesPending.join(', ')}, not applied here, would change that`
    : 'Without a snapshot it is not known whether a migration for it is pending, was forgotten, or was undone by hand';
}

function renderSaying({
  source,
  text,
  at,
}: {
  readonly source: string;
  readonly text: string | null;
  readonly at: string | null;
}): string {
  return `${text ?? 'none'} in ${source}${at === null ? '' : ` (${at})`}`;
}

const makes = ({ aspect }: Disagreement): string => (aspect === 'existence' ? 'adds' : 'changes');
/** What is behind it is pasted where somebody would rather do it by hand. */
export const byRepair = 'npx shipshape repair     shows the plan first; or by hand:';
const inNewMigration = '-- in a new migration; afterwards: npx shipshape snapshot';

const orLeave = (lack: Lack): readonly string[] =>
  lack === 'no arbiter' ? ['-- or leave it, where no statement names it in ON CONFLICT'] : [];

export function diagnosisCodes() {
  return {
    ...historyCodes(),
    ...visibilityCodes(),
    'pending-migration': defineCode<Made & { by: { table: string; act: string } | null }>({
      severity: 'error',
      exit: 1,
      title: 'A migration that the code needs is not applied here.',
      explain:
        'The code declares it, a migration makes it, and the ledger of this database, ours or that of the tool whose folder it is, does not have that migration. The code was deployed before its migration.',
      what: (data) =>
        `${renderLack(data)}: ${data.migration ?? 'a migration that is not applied here'} ${makes(data)} it${data.migration === null ? '' : ' and is not applied here'}`,
      because: (data) =>
        data.by === null
          ? renderConsequence(data)
          : `${renderConsequence(data)}. ${data.by.table} does not have ${data.migration ?? 'every migration'}`,
      do: ({ by }) => by?.act ?? 'npx shipshape migrate',
    }),
    'drifted-schema': defineCode<Made & { sql: string; ahead: readonly string[] }>({
      severity: 'error',
      exit: 1,
      title: 'What an applied migration made was changed by hand.',
      explain:
        'The code declares it, a migration makes it, the ledger says that the migration is applied, and yet the database does not have it so: somebody changed it outside the migrations. Running the migrations again does nothing, since they are applied; `npx shipshape repair` shows what brings back what the migration made, and does it; the SQL is printed as well.',
      what: (data) =>
        `${renderLack(data)}, although ${data.migration === null ? 'every migration' : `${data.migration}, which ${data.aspect === 'existence' ? 'adds it' : 'made it so'},`} is applied`,
      because: (data) =>
        data.ahead.length === 0
          ? renderConsequence(data)
          : `${renderConsequence(data)}. ${data.ahead.join(', ')}, which this release does not know, may have changed it`,
      do: ({ sql, ahead, lack, found }) =>
        [
          ahead.length === 0 ? byRepair : `-- start the release that knows ${ahead.join(', ')}, or:`,
          sql,
          ...(lack === 'missing' && found !== null ? [`-- or, if ${found} is it, rename it back`] : []),
          ...orLeave(lack),
        ].join('\n'),
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
          ...orLeave(lack),
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
    'sources-disagree': defineCode<{
      subject: string;
      aspect: string;
      first: { readonly source: string; readonly text: string | null; readonly at: string | null };
      second: { readonly source: string; readonly text: string | null; readonly at: string | null };
    }>({
      severity: 'error',
      exit: 1,
      title: 'Two sources of models say two things of one.',
      explain:
        'Several sources (two ORMs, or an ORM and SQL) declare the same table, and what they say of one of its parts differs after PostgreSQL itself has read both. A database can be only one of them. It is an error where one could not work with what the other declares, a warning where it is in doubt, and a note where both can live with either.',
      what: ({ subject, aspect, first, second }) =>
        `the ${aspect} of ${subject} is ${renderSaying(first)}, and ${renderSaying(second)}`,
      because: ({ first }) =>
        `a database can have only one of them; migrations and database are judged by what ${first.source} says`,
      do: ({ first, second }) =>
        `make ${[first, second].map(({ source, at }) => at ?? `the models of ${source}`).join(' and ')} say the same`,
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
      Disagreement & { filesPending: readonly string[]; without: Lacking; command: string }
    >({
      severity: 'error',
      exit: 1,
      title: 'The database lacks what the code needs, and why cannot be told.',
      explain:
        'Without a snapshot beside the migrations it is not known what they build, and without the ledger it is not known which of them are applied: a pending migration, a forgotten one and a change by hand then look alike. The ledger of another tool is read where its folder is at hand and its table is found under its usual name or the one that `ledger` in the configuration gives.',
      what: renderLack,
      because: (data) => `${renderConsequence(data)}. ${renderUnknown(data)}`,
      do: ({ filesPending, without, command }) => {
        if (without.kind === 'ledger')
          return 'npx shipshape verify     as a role that may read shipshape.ledger';
        if (without.kind === 'ledger of another tool')
          return `${without.command ?? 'apply the migrations with their tool'}     or, if no migration makes it, write one: npx shipshape check tells`;
        return filesPending.length > 0 ? command : 'npx shipshape snapshot     then npx shipshape verify';
      },
    }),
    'not-in-database': defineCode<Disagreement & { sql: string }>({
      severity: 'error',
      exit: 1,
      title: 'The database lacks what the code declares.',
      explain:
        'Code and database alone were held against each other: no folder of migrations was named, so whether a migration makes it is not known. The SQL that makes it in this database is printed; when a similar name is there, the model may mean that one.',
      what: renderLack,
      because: renderConsequence,
      do: ({ sql, lack, found }) =>
        [
          sql,
          ...(lack === 'missing' && found !== null
            ? [`-- or, if ${found} is meant, name it so in the model`]
            : []),
          ...orLeave(lack),
          '-- whether a migration makes it: npx shipshape verify --migrations <folder>',
        ].join('\n'),
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
      do: ({ table, name }) =>
        `-- when no running release reads it: ALTER TABLE ${table} DROP COLUMN ${name};`,
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
        'The database differs from what its applied migrations built, in something that the models do not ask for. `npx shipshape repair` shows what brings it back, and does it; the SQL is printed as well.',
      what: ({ subject, aspect, migration }) =>
        `${aspect === 'existence' ? `${subject} is gone` : `the ${aspect} of ${subject} is another`}, although ${migration ?? 'a migration'}, which made it, is applied`,
      because: () => 'the code has what it needs, but the next database will differ from this one',
      do: ({ sql }) => `${byRepair}\n${sql}`,
    }),
  } as const;
}
