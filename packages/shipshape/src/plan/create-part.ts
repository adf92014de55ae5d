// createPart: what is in a table or a view, columns apart.
import { type Catalog, type Column, type Part, quoteIdentifier } from '../catalog/index.ts';
import {
  type Naming,
  renderConstraint,
  renderIndex,
  renderName,
  renderPolicy,
  renderTrigger,
} from '../ddl/index.ts';
import { ended } from './ended.ts';
import { holdingOf } from './holding.ts';

export function createPart(part: Exclude<Part, Column>, catalog: Catalog, naming: Naming): readonly string[] {
  const names = holdingOf(catalog).columnNames(part.schema, part.table);
  if (part.kind === 'index') return ended([renderIndex(part, names, naming)]);
  if (part.kind === 'policy') return ended([renderPolicy(part, naming)]);
  if (part.kind === 'trigger') return ended(renderTrigger(part, naming));
  const table = renderName(part.schema, part.table, naming);
  const add = `ALTER TABLE ${table} ADD ${renderConstraint(part, naming, names)};`;
  // There is no ADD CONSTRAINT IF NOT EXISTS.
  return naming.repeatable === true
    ? [`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${quoteIdentifier(part.name)};`, add]
    : [add];
}
