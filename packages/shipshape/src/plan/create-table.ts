// createTable: a table with all that is in it, what it is a part of, and what is said of it.
import { type Catalog, type Constraint, isConstraint, type Table } from '../catalog/index.ts';
import {
  type Naming,
  renderColumn,
  renderConstraint,
  renderParents,
  renderRowSecurity,
  renderTable,
} from '../ddl/index.ts';
import { clauseOf } from './create-column.ts';
import { createPart } from './create-part.ts';
import { createRemarks } from './create-remark.ts';
import { ended } from './ended.ts';
import { holdingOf } from './holding.ts';

export function createTable(table: Table, catalog: Catalog, naming: Naming): readonly string[] {
  const parts = holdingOf(catalog).partsOf(table.schema, table.name);
  const names = holdingOf(catalog).columnNames(table.schema, table.name);
  const columns = parts.flatMap((part) => (part.kind === 'column' ? [clauseOf(part, catalog, naming)] : []));
  const constraints = parts.filter((part): part is Constraint => isConstraint(part));
  const lines = [
    ...columns.map(({ column }) => renderColumn(column)),
    ...constraints.filter(isAtOnce).map((each) => renderConstraint(each, naming, names)),
  ];
  const later = parts.flatMap((part) => {
    if (part.kind === 'column') return [];
    return isConstraint(part) && isAtOnce(part) ? [] : createPart(part, catalog, naming);
  });
  return [
    ...columns.flatMap(({ before }) => before),
    ...ended([renderTable(table, lines, naming)]),
    ...columns.flatMap(({ after }) => after),
    ...later,
    ...ended([...renderParents(table, naming), ...renderRowSecurity(table, naming)]),
    ...createRemarks(table, catalog, naming),
  ];
}

/** CREATE TABLE takes what is not valid as valid, since the table is empty (manual, CREATE TABLE). */
function isAtOnce(constraint: Constraint): boolean {
  return !('validated' in constraint) || constraint.validated || constraint.enforced === false;
}
