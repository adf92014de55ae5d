// standIn: a view whose query is not known, with a query that gives its columns.
import { type MaterializedView, quoteIdentifier, type View } from '../catalog/index.ts';

/** Models may know a view by its columns alone. What has no type either stands as text. */
export function standIn<Viewed extends View | MaterializedView>(view: Viewed): Viewed {
  if (view.definition !== '') return view;
  const columns = view.columns.map(
    ({ name, type }) => `NULL::${type === 'unknown' ? 'text' : type} AS ${quoteIdentifier(name)}`,
  );
  return { ...view, definition: `SELECT ${columns.join(', ')}` };
}
