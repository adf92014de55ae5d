// What a column takes with it when it goes.
import { type CatalogObject, type Column, quoteIdentifier } from '../catalog/index.ts';

/**
 * What went away with columns, each told with the last of them in the order in which they are brought back. `lost`: all
 * columns of the table that are gone; `parts`: what was in it.
 */
export function goneWith(
  column: Column,
  lost: readonly Column[],
  parts: readonly CatalogObject[],
): readonly CatalogObject[] {
  return parts.filter((part) => lost.findLast((each) => goesWith(part, each)) === column);
}
/** DROP COLUMN takes with it what is about the column (manual, ALTER TABLE). */
export function goesWith(part: CatalogObject, { schema, table, name }: Column): boolean {
  if (!('table' in part) || part.schema !== schema || part.table !== table) return false;
  const mentions = (text: string | null) => text !== null && mentionsName(text, name);
  switch (part.kind) {
    case 'column':
      return false;
    case 'check':
      return mentions(part.expression);
    case 'index':
      return (
        part.keys.some(({ expression }) => expression === name || mentions(expression)) ||
        part.include.includes(name) ||
        mentions(part.predicate)
      );
    case 'exclusion constraint':
      return part.elements.some(({ key }) => key.expression === name || mentions(key.expression));
    case 'policy':
      return mentions(part.using) || mentions(part.withCheck);
    case 'trigger':
      return mentions(part.definition);
    default:
      return part.columns.includes(name);
  }
}
function mentionsName(text: string, name: string): boolean {
  const escaped = quoteIdentifier(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$"])${escaped}(?![\\w$"])`).test(text);
}
