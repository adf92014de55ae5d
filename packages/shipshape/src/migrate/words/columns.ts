// Columns and constraints of a parse tree in words.
import type { ColumnDef, Constraint } from 'libpg-query';
import { quoteIdentifier } from '../../catalog/index.ts';
import { list, namesIn, spellConstant, spellRelation, spellType } from './spell.ts';

/** `varchar(32)`, `integer not null default 0`, `bigint identity` */
export function describeColumn(column: ColumnDef): string {
  const aspects = (column.constraints ?? []).flatMap((node) =>
    'Constraint' in node ? (describeColumnConstraint(node.Constraint) ?? []) : [],
  );
  return [spellType(column.typeName), ...aspects].join(' ');
}

function describeColumnConstraint(constraint: Constraint): string | null {
  switch (constraint.contype) {
    case 'CONSTR_NOTNULL':
      return 'not null';
    case 'CONSTR_DEFAULT': {
      const value = spellConstant(constraint.raw_expr);
      return value === null ? 'with a default' : `default ${value}`;
    }
    case 'CONSTR_IDENTITY':
      return 'identity';
    case 'CONSTR_GENERATED':
      return 'generated';
    case 'CONSTR_PRIMARY':
      return 'primary key';
    case 'CONSTR_UNIQUE':
      return 'unique';
    case 'CONSTR_CHECK':
      return 'with a check';
    case 'CONSTR_FOREIGN':
      return `references ${spellRelation(constraint.pktable)}`;
    default:
      return null;
  }
}

/** `primary key on lead (id)`, `foreign key call_lead from call_log (lead_id) to lead`, `check positive_duration on call_log` */
export function describeConstraint(table: string, constraint: Constraint): string {
  const name = constraint.conname === undefined ? '' : ` ${quoteIdentifier(constraint.conname)}`;
  const keys = namesIn(constraint.keys);
  const columns = keys.length === 0 ? '' : ` (${list(keys)})`;
  const index =
    constraint.indexname === undefined ? '' : ` from index ${quoteIdentifier(constraint.indexname)}`;
  const unchecked = constraint.skip_validation === true ? ', existing rows not checked' : '';
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      return `primary key${name} on ${table}${columns}${index}`;
    case 'CONSTR_UNIQUE':
      return `unique key${name} on ${table}${columns}${index}`;
    case 'CONSTR_FOREIGN':
      return `foreign key${name} from ${table} (${list(namesIn(constraint.fk_attrs))}) to ${spellRelation(constraint.pktable)}${unchecked}`;
    case 'CONSTR_CHECK':
      return `check${name} on ${table}${unchecked}`;
    case 'CONSTR_NOTNULL':
      return `not-null constraint${name} on ${table}${columns}${unchecked}`;
    default:
      return `constraint${name} on ${table}`;
  }
}
