// ALTER TABLE in words: one change a clause.
import type { AlterTableCmd, AlterTableStmt, AlterTableType } from 'libpg-query';
import { type Change, quoteIdentifier } from '../../catalog/index.ts';
import { describeColumn, describeConstraint } from './columns.ts';
import { kindWords } from './kinds.ts';
import { spellConstant, spellRelation, spellType } from './spell.ts';

type Clause = (table: string, clause: AlterTableCmd) => Change;

export function describeAlterTable(statement: AlterTableStmt): readonly Change[] {
  const table = spellRelation(statement.relation);
  return (statement.cmds ?? []).flatMap((node) => {
    if (!('AlterTableCmd' in node)) return [];
    const clause = node.AlterTableCmd;
    const describe = clause.subtype === undefined ? undefined : clauses[clause.subtype];
    return [describe?.(table, clause) ?? fallback(`${kindWords(statement.objtype)}${table}`, clause)];
  });
}

const clauses: { readonly [Subtype in AlterTableType]?: Clause } = {
  AT_AddColumn: (table, { def, missing_ok }) => {
    const column = def !== undefined && 'ColumnDef' in def ? def.ColumnDef : {};
    const subject = `${table}.${quoteIdentifier(column.colname ?? '')}`;
    return {
      verb: 'add',
      what: `${subject} ${describeColumn(column)}`,
      ...tolerate('there', missing_ok, column.colname, subject),
    };
  },
  AT_DropColumn: (table, { name, missing_ok }) => {
    const subject = column(table, name);
    return { verb: 'drop', what: subject, ...tolerate('gone', missing_ok, name, subject) };
  },
  AT_AlterColumnType: (table, { name, def }) => ({
    verb: 'change',
    what: `${column(table, name)} to ${spellType(def !== undefined && 'ColumnDef' in def ? def.ColumnDef.typeName : undefined)}`,
  }),
  AT_ColumnDefault: (table, { name, def }) => {
    if (def === undefined) return { verb: 'drop', what: `the default of ${column(table, name)}` };
    const value = spellConstant(def);
    return {
      verb: 'set',
      what: `the default of ${column(table, name)}${value === null ? '' : ` to ${value}`}`,
    };
  },
  AT_SetNotNull: (table, { name }) => ({ verb: 'require', what: `a value in ${column(table, name)}` }),
  AT_DropNotNull: (table, { name }) => ({ verb: 'allow', what: `NULL in ${column(table, name)}` }),
  AT_SetExpression: (table, { name }) => ({
    verb: 'change',
    what: `the expression of ${column(table, name)}`,
  }),
  AT_DropExpression: (table, { name }) => ({
    verb: 'drop',
    what: `the expression of ${column(table, name)}`,
  }),
  AT_AddIdentity: (table, { name }) => ({ verb: 'add', what: `an identity to ${column(table, name)}` }),
  AT_SetIdentity: (table, { name }) => ({ verb: 'change', what: `the identity of ${column(table, name)}` }),
  AT_DropIdentity: (table, { name }) => ({ verb: 'drop', what: `the identity of ${column(table, name)}` }),
  AT_AddConstraint: (table, { def }) => ({
    verb: 'add',
    what: describeConstraint(table, def !== undefined && 'Constraint' in def ? def.Constraint : {}),
  }),
  AT_ValidateConstraint: (table, { name }) => ({ verb: 'validate', what: constraint(table, name) }),
  AT_AlterConstraint: (table, { def }) => ({
    verb: 'change',
    what: constraint(
      table,
      def !== undefined && 'ATAlterConstraint' in def ? def.ATAlterConstraint.conname : '',
    ),
  }),
  AT_DropConstraint: (table, { name, missing_ok }) => {
    const subject = constraint(table, name);
    return { verb: 'drop', what: subject, ...tolerate('gone', missing_ok, name, subject) };
  },
  AT_AttachPartition: (table, { def }) => ({ verb: 'attach', what: `${partition(def)} to ${table}` }),
  AT_DetachPartition: (table, { def }) => ({ verb: 'detach', what: `${partition(def)} from ${table}` }),
  AT_EnableRowSecurity: (table) => ({ verb: 'enable', what: `row security on ${table}` }),
  AT_DisableRowSecurity: (table) => ({ verb: 'disable', what: `row security on ${table}` }),
  AT_EnableTrig: (table, { name }) => ({
    verb: 'enable',
    what: `trigger ${quoteIdentifier(name ?? '')} on ${table}`,
  }),
  AT_DisableTrig: (table, { name }) => ({
    verb: 'disable',
    what: `trigger ${quoteIdentifier(name ?? '')} on ${table}`,
  }),
};

/** `AT_SetStatistics` gives "set statistics": the parser's own word, for clauses that need no better one. */
function fallback(subject: string, clause: AlterTableCmd): Change {
  const words = (clause.subtype ?? '')
    .replace(/^AT_/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const of = clause.name === undefined ? '' : ` ${quoteIdentifier(clause.name)}`;
  return { verb: 'alter', what: `${subject}: ${words}${of}` };
}

function tolerate(
  state: 'there' | 'gone',
  asked: boolean | undefined,
  name: string | undefined,
  subject: string,
): Pick<Change, 'tolerates'> {
  return asked === true && name !== undefined ? { tolerates: { state, name, subject } } : {};
}

function column(table: string, name: string | undefined): string {
  return `${table}.${quoteIdentifier(name ?? '')}`;
}

function constraint(table: string, name: string | undefined): string {
  return `constraint ${quoteIdentifier(name ?? '')} of ${table}`;
}

function partition(def: AlterTableCmd['def']): string {
  return def !== undefined && 'PartitionCmd' in def ? spellRelation(def.PartitionCmd.name) : '';
}
