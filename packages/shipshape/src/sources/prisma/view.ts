// tellView: a view, with the columns that its probe was printed with.
import { type Column, canonicalTypeName, quoteIdentifier, type View } from '../../catalog/index.ts';
import type { Probe } from './prepare.ts';
import { mappedName } from './schema.ts';
import type { Told } from './told.ts';

/** Its query is unknown: the definition is one that has just these columns, so that a server can say what they are. */
export function tellView({ view, fields }: Probe, printed: readonly Column[]): Told {
  const columns = printed.map(({ name, type }) => {
    const field = fields[Number(name.slice(1))];
    return { name: field === undefined ? name : mappedName(field), type: canonicalTypeName(type) };
  });
  const list = columns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`);
  const object: View = {
    kind: 'view',
    schema: printed[0]?.schema ?? 'public',
    name: mappedName(view),
    columns,
    definition: `SELECT ${list.join(', ')}`,
  };
  return { object, origin: view.origin };
}
