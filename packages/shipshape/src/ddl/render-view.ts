// renderView: the statement that creates a view or a materialized view.
import type { MaterializedView, View } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/** The names of its columns are in its definition. */
export function renderView(view: View | MaterializedView, naming: Naming): string {
  const name = renderName(view.schema, view.name, naming);
  if (view.kind === 'materialized view')
    return `CREATE MATERIALIZED VIEW ${name} AS ${view.definition}${view.populated ? '' : ' WITH NO DATA'}`;
  const options = view.options === undefined ? '' : ` WITH (${view.options.join(', ')})`;
  return `CREATE VIEW ${name}${options} AS ${view.definition}`;
}
