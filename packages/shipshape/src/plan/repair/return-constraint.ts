// returnConstraint: a key, a check or a reference that is gone, so that nobody who uses the table waits for its rows.
import {
  addressOf,
  type Check,
  type Constraint,
  type ForeignKey,
  type Index,
  type PrimaryKey,
  quoteIdentifier,
  quoteQualified,
  type UniqueKey,
} from '../../catalog/index.ts';
import { complete, renderConstraint, renderDeferrability, renderIndex } from '../../ddl/index.ts';
import { holdingOf } from '../holding.ts';
import { inParentheses } from '../in-parentheses.ts';
import { type Ground, isPartitioned } from './ground.ts';
import { type Doubt, makeRepair, type Repair } from './repair.ts';

export function returnConstraint(constraint: Constraint, ground: Ground): Repair {
  const { schema, table } = constraint;
  const filled = ground.facts.hasRows(schema, table);
  const { statements, apart } = filled ? onRows(constraint, ground) : atOnce(constraint, ground);
  const waits = filled && !apart && constraint.kind !== 'check' && isChecked(constraint);
  return makeRepair(
    constraint,
    {
      address: addressOf(constraint),
      statements,
      makes: [],
      ...(isKey(constraint) ? { keyOf: [schema, table] as const } : {}),
    },
    {
      apart,
      doubts: filled ? doubtsOf(constraint, ground) : [],
      long: waits,
    },
  );
}

interface Way {
  readonly statements: readonly string[];
  readonly apart: boolean;
}

/** On an empty table, and where there is no other way. */
function atOnce(constraint: Constraint, ground: Ground): Way {
  return { statements: [`${alter(constraint)} ADD ${definition(constraint, ground)}`], apart: false };
}

function onRows(constraint: Constraint, ground: Ground): Way {
  const { schema, table, name } = constraint;
  const partitioned = isPartitioned(ground, schema, table);
  if (isKey(constraint))
    return partitioned || constraint.withoutOverlaps === true
      ? atOnce(constraint, ground)
      : {
          statements: [buildOf(constraint, name), `${alter(constraint)} ${useIndex(constraint, name)}`],
          apart: true,
        };
  if (constraint.kind === 'exclusion constraint' || !isChecked(constraint)) return atOnce(constraint, ground);
  if (constraint.kind === 'foreign key' && partitioned && ground.facts.major < 18)
    return atOnce(constraint, ground);
  return { statements: inTwo(constraint, ground), apart: true };
}

/** Rows that come bind at once; those that are there are looked at without keeping anybody out. */
export function inTwo(constraint: Check | ForeignKey, ground: Ground): readonly string[] {
  return [
    `${alter(constraint)} ADD ${definition({ ...constraint, validated: false }, ground)}`,
    `${alter(constraint)} VALIDATE CONSTRAINT ${quoteIdentifier(constraint.name)}`,
  ];
}

/** `name`: of the index that a key is to rest on. */
export function buildOf(key: PrimaryKey | UniqueKey, name: string): string {
  const index: Index = {
    kind: 'index',
    schema: key.schema,
    table: key.table,
    name,
    unique: true,
    method: 'btree',
    keys: key.columns.map((expression) => ({ expression, descending: false, nulls: 'last', opclass: null })),
    include: key.include ?? [],
    nullsDistinct: key.kind === 'primary key' || key.nullsDistinct,
    predicate: null,
    valid: true,
  };
  return renderIndex(index, new Set(key.columns), complete, true);
}

/** The index takes the name of the constraint. */
export function useIndex(key: PrimaryKey | UniqueKey, index: string): string {
  const parts = [
    `ADD CONSTRAINT ${quoteIdentifier(key.name)}`,
    key.kind === 'primary key' ? 'PRIMARY KEY' : 'UNIQUE',
    `USING INDEX ${quoteIdentifier(index)}`,
    renderDeferrability(key.deferrability),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

export function alter({ schema, table }: { readonly schema: string; readonly table: string }): string {
  return `ALTER TABLE ${quoteQualified(schema, table)}`;
}

export function definition(constraint: Constraint, { sides }: Ground): string {
  const columns = holdingOf(sides.wanted).columnNames(constraint.schema, constraint.table);
  return renderConstraint(inParentheses(constraint, columns), complete, columns);
}

export function isKey(object: { readonly kind: string }): object is PrimaryKey | UniqueKey {
  return object.kind === 'primary key' || object.kind === 'unique key';
}

/** Whether the rows that are there have to fulfil it. */
function isChecked(constraint: Constraint): constraint is Check | ForeignKey {
  return !('validated' in constraint) || (constraint.validated && constraint.enforced !== false);
}

export function doubtsOf(constraint: Constraint, ground: Ground): readonly Doubt[] {
  const table = quoteQualified(constraint.schema, constraint.table);
  if (!isChecked(constraint)) return [];
  switch (constraint.kind) {
    case 'check': {
      const only = constraint.noInherit === true ? 'ONLY ' : '';
      return [
        {
          about: 'forbidden rows',
          query: `SELECT * FROM ${only}${table} WHERE NOT (${constraint.expression})`,
        },
      ];
    }
    case 'foreign key':
      return constraint.period === true ? [] : [{ about: 'orphans', query: orphansOf(constraint, ground) }];
    default:
      return doubtsOfKey(constraint, table);
  }
}

function doubtsOfKey(constraint: Constraint, table: string): readonly Doubt[] {
  if (!isKey(constraint) || constraint.withoutOverlaps === true) return [];
  const names = constraint.columns.map(quoteIdentifier);
  const apart = constraint.kind === 'unique key' && constraint.nullsDistinct;
  const doubt: Doubt = { about: 'duplicates', query: duplicatesOf(table, names, apart ? names : []) };
  if (constraint.kind !== 'primary key') return [doubt];
  const isNull = names.map((name) => `${name} IS NULL`).join(' OR ');
  return [{ about: 'nulls', query: `SELECT * FROM ${table} WHERE ${isNull}` }, doubt];
}

/** `present`: what has to be there for two rows to be alike. */
export function duplicatesOf(
  table: string,
  keys: readonly string[],
  present: readonly string[],
  predicate: string | null = null,
): string {
  const conditions = [
    ...(predicate === null ? [] : [`(${predicate})`]),
    ...present.map((key) => `${key} IS NOT NULL`),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const list = keys.join(', ');
  return `SELECT ${list}, count(*) FROM ${table}${where} GROUP BY ${list} HAVING count(*) > 1`;
}

/** A table that comes back is empty. */
function orphansOf({ schema, table, columns, references }: ForeignKey, { sides }: Ground): string {
  const near = columns.map((name) => `near.${quoteIdentifier(name)}`);
  const meets = references.columns.map((name, at) => `far.${quoteIdentifier(name)} = ${near[at]}`);
  const isThere = holdingOf(sides.present).tableAt(references.schema, references.table);
  return [
    `SELECT near.* FROM ${quoteQualified(schema, table)} near`,
    `WHERE ${near.map((name) => `${name} IS NOT NULL`).join(' AND ')}`,
    ...(isThere === undefined
      ? []
      : [
          `AND NOT EXISTS (SELECT FROM ${quoteQualified(references.schema, references.table)} far WHERE ${meets.join(' AND ')})`,
        ]),
  ].join(' ');
}
