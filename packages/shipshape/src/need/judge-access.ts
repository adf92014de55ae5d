// judgeAccess: what the connected role may not do with the rows of one table, and the code does.
import { type Address, addressOf, type TableAccess } from '../catalog/index.ts';
import type { TableContents } from './lookup.ts';
import { makeShortfall } from './make-shortfall.ts';
import type { TableNeed } from './need.ts';
import type { Lacking, Shortfall } from './shortfall.ts';

const rights = ['select', 'insert', 'update', 'delete'] as const;
type Right = (typeof rights)[number];

/**
 * A right on every column that the code names is as good as one on the whole (manual 5.8). `unusable`: schemas of which
 * it has been told that the role may not use them; each is told once.
 */
export function judgeAccess(
  need: TableNeed,
  contents: TableContents,
  unusable: Set<string>,
): readonly Shortfall[] {
  const may = contents.access;
  if (may === undefined) return [];
  // A view is needed for reading only.
  const needed = need.kind === undefined ? rights : (['select'] as const);
  if (may.usage && needed.every((right) => may[right])) return [];
  const { table } = contents;
  if (!may.usage) {
    if (unusable.has(table.schema)) return [];
    unusable.add(table.schema);
    const schema: Address = { kind: 'schema', schema: table.schema };
    const short = makeShortfall('no privilege', schema, 'privilege', need, '42501');
    return [{ ...short, declared: 'usage' }];
  }
  const lacking = needed.flatMap((right) => lackOf(right, need, contents, may) ?? []);
  if (lacking.length === 0) return [];
  const held = rights.filter((right) => may[right]);
  return [
    {
      ...makeShortfall('no privilege', addressOf(table), 'privilege', need, '42501'),
      // Code that only reads a table, or only appends to it, declares it no differently.
      severity: lacking.some(({ right }) => right === 'select') ? 'error' : 'warning',
      declared: lacking.map(({ right }) => right).join(', '),
      found: held.length === 0 ? null : held.join(', '),
      lacking,
    },
  ];
}

/** Null where the role has the right. */
function lackOf(right: Right, need: TableNeed, { columns }: TableContents, may: TableAccess): Lacking | null {
  if (may[right]) return null;
  const granted = right === 'delete' ? [] : (may.columns?.[right] ?? []);
  if (granted.length === 0) return { right, columns: null };
  const lacking = need.columns
    .map(({ name }) => name)
    .filter((name) => columns.has(name) && !granted.includes(name))
    // What the database alone fills is not written.
    .filter((name) => right === 'select' || !isFilledAlways(columns.get(name)));
  return lacking.length === 0 ? null : { right, columns: lacking };
}

function isFilledAlways(column: { identity: string | null; generated: string | null } | undefined): boolean {
  return column?.identity === 'always' || (column?.generated ?? null) !== null;
}
