// A relation as a parse tree names it, as SQL.
import type { Node, RangeVar } from 'libpg-query';
import { quoteQualified } from '../../catalog/index.ts';

export function nameOfRelation({ catalogname, schemaname, relname = '' }: RangeVar): string {
  return quoteQualified(
    ...[catalogname, schemaname, relname].filter((part): part is string => part !== undefined),
  );
}

/** Of DROP's list of names. */
export function nameOfObject(node: Node | undefined): string | null {
  if (node === undefined || !('List' in node)) return null;
  const parts = (node.List.items ?? []).flatMap((item) => ('String' in item ? [item.String.sval ?? ''] : []));
  return parts.length === 0 ? null : quoteQualified(...parts);
}
