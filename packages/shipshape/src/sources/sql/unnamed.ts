// The names that PostgreSQL gives constraints and indexes which the text gives none.
import type { Constraint, IndexElem, IndexStmt, Node } from 'libpg-query';
import { chooseName } from '../../catalog/index.ts';

/** Null for what is no constraint with a name of its own: NULL, DEFAULT, GENERATED. `column`: where it stands at one. */
export function nameConstraint(table: string, constraint: Constraint, column?: string): string | null {
  const own = column === undefined ? [] : [column];
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      return chooseName(table, [], 'pkey');
    case 'CONSTR_UNIQUE':
      return chooseName(table, column === undefined ? textsOf(constraint.keys) : own, 'key');
    case 'CONSTR_FOREIGN':
      return chooseName(table, column === undefined ? textsOf(constraint.fk_attrs) : own, 'fkey');
    case 'CONSTR_CHECK': {
      // By its column where it is about one (AddRelationNewConstraints in heap.c).
      const columns = [...new Set(columnsIn(constraint.raw_expr))];
      return chooseName(table, columns.length === 1 ? columns : [], 'check');
    }
    case 'CONSTR_EXCLUSION': {
      const elements = (constraint.exclusions ?? []).flatMap((node) =>
        'List' in node ? (node.List.items ?? []).slice(0, 1) : [],
      );
      return chooseName(table, keysOf(elements), 'excl');
    }
    default:
      return null;
  }
}

/** The name of an index by its keys, included columns too (ChooseIndexColumnNames in indexcmds.c). */
export function nameIndex(table: string, { indexParams, indexIncludingParams }: IndexStmt): string {
  return chooseName(table, keysOf([...(indexParams ?? []), ...(indexIncludingParams ?? [])]), 'idx');
}

function keysOf(nodes: readonly Node[]): readonly string[] {
  const names: string[] = [];
  for (const node of nodes) {
    const name = 'IndexElem' in node ? keyOf(node.IndexElem) : 'expr';
    let free = name;
    for (let number = 1; names.includes(free); number++) free = `${name}${number}`;
    names.push(free);
  }
  return names;
}

/** A column, a function's name, or `expr`. */
function keyOf({ name, expr }: IndexElem): string {
  if (name !== undefined) return name;
  const called =
    expr !== undefined && 'FuncCall' in expr ? textsOf(expr.FuncCall.funcname).at(-1) : undefined;
  return called ?? 'expr';
}

function textsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? (node.String.sval ?? []) : []));
}

function columnsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('ColumnRef' in value) {
    const { fields } = value.ColumnRef as { readonly fields?: readonly Node[] };
    return textsOf(fields).slice(-1);
  }
  return Object.values(value).flatMap(columnsIn);
}
