// judgeTable: columns and unique keys of one table, or of a view in its place.
import { type Address, addressOf, type Column, isRequired } from '../catalog/index.ts';
import { nameDistance, nearestName } from '../compare/similar-name.ts';
import { arbiterColumns, idOfColumns, isKey, type NoArbiter, whyNoArbiter } from './arbiter.ts';
import { isAsDeclared, judgeColumn, judgeType, type TypeContext } from './judge-column.ts';
import type { TableContents } from './lookup.ts';
import { makeShortfall } from './make-shortfall.ts';
import { type ColumnNeed, nameOfKey, type TableNeed } from './need.ts';
import type { Shortfall } from './shortfall.ts';
import { throughDomains } from './through-domains.ts';

export interface JudgedTable {
  readonly shortfalls: readonly Shortfall[];
  /** Compared. */
  readonly columns: number;
  /** Compared; null where the database keeps none: a view, a foreign table. */
  readonly uniqueKeys: number | null;
}

export function judgeTable(need: TableNeed, live: TableContents, context: TypeContext): JudgedTable {
  const shortfalls: Shortfall[] = [];
  const { schema, name: table } = need;
  const there = live.table;
  const inView = there.kind !== 'table' || need.kind !== undefined;
  const present = live.columns;
  let strangers: readonly Column[] | null = null;
  const unknown = () => {
    strangers ??= findUnknown(need, live);
    return strangers;
  };
  let columns = 0;
  for (const column of need.columns) {
    const found = present.get(column.name);
    if (found !== undefined) columns += 1;
    if (found !== undefined && isAsDeclared(column, found, context, inView)) continue;
    const address = { kind: 'column', schema, table, name: column.name } as const;
    if (found !== undefined) {
      shortfalls.push(...judgeColumn(column, found, address, context, inView));
      continue;
    }
    shortfalls.push({
      ...makeShortfall('missing column', address, 'existence', column, '42703'),
      declared: column.type,
      found: similarTo(column, unknown(), context)?.name ?? null,
    });
  }
  const extra = columns === present.size ? [] : unknown();
  const required = extra.map((column) => throughDomains(column, context.live.domainOf)).filter(isRequired);
  if (!inView)
    for (const column of required)
      shortfalls.push({
        ...makeShortfall('required column unknown', addressOf(column), 'nullability', need, '23502'),
        found: 'not null without a default',
      });
  const keyless = there.kind !== 'table' || there.foreignServer !== undefined;
  if (keyless) return { shortfalls, columns, uniqueKeys: need.uniqueKeys.length === 0 ? 0 : null };
  const keys = judgeKeys(need, live);
  return { shortfalls: [...shortfalls, ...keys.shortfalls], columns, uniqueKeys: keys.compared };
}

/** Columns that the code does not declare. */
function findUnknown(need: TableNeed, { columns }: TableContents): readonly Column[] {
  const declared = new Set(need.columns.map((column) => column.name));
  return [...columns.values()].filter((column) => !declared.has(column.name));
}

/** A name that differs in more than case and underscores is another one, unless the code could use what is there. */
function similarTo(need: ColumnNeed, unknown: readonly Column[], context: TypeContext): Column | null {
  return nearestName(
    need.name,
    unknown.filter(
      (column) =>
        nameDistance(need.name, column.name) === 0 ||
        judgeType(need, throughDomains(column, context.live.domainOf), context).outcome !== 'broken',
    ),
    ({ name }) => name,
  );
}

function judgeKeys(need: TableNeed, live: TableContents) {
  if (need.uniqueKeys.length === 0) return { shortfalls: [], compared: 0 };
  const present = new Set<string>();
  const refused: { readonly id: string; readonly why: NoArbiter }[] = [];
  for (const part of live.arbiters) {
    const columns = arbiterColumns(part);
    if (columns !== null) present.add(idOfColumns(columns));
    const why = isKey(part) ? whyNoArbiter(part) : null;
    if (why !== null && isKey(part)) refused.push({ id: idOfColumns(part.columns), why });
  }
  const unusable = (id: string, aspect: NoArbiter['aspect']) =>
    refused.find((each) => each.id === id && each.why.aspect === aspect)?.why;
  // A key over a missing column is missing with it.
  const possible = need.uniqueKeys.filter(({ columns }) => columns.every((name) => live.columns.has(name)));
  const shortfalls = possible.flatMap((key): readonly Shortfall[] => {
    const id = idOfColumns(key.columns);
    const why =
      unusable(id, 'deferrability') ?? (present.has(id) ? undefined : unusable(id, 'overlaps')) ?? null;
    if (why === null && present.has(id)) return [];
    const kind = key.primary ? 'primary key' : 'unique key';
    const address: Address = { kind, schema: need.schema, table: need.name, name: nameOfKey(need.name, key) };
    const declared = key.columns.join(', ');
    if (why !== null) {
      const { aspect, found, sqlstate } = why;
      return [{ ...makeShortfall('no arbiter', address, aspect, need, sqlstate), declared, found }];
    }
    return [{ ...makeShortfall('missing unique key', address, 'existence', need, '42P10'), declared }];
  });
  return { shortfalls, compared: possible.length };
}
