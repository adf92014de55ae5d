// judge: what a need asks for and a database does not give. Need, not equality: wider is fine.
import {
  type Address,
  addressOf,
  isRequired,
  renderAddress,
  renderAddressKey,
  type Table,
} from '../catalog/index.ts';
import { nameDistance } from '../compare/similar-name.ts';
import { arbiterColumns } from './arbiter.ts';
import { judgeColumn, type TypeContext } from './judge-column.ts';
import { judgeEnums } from './judge-enum.ts';
import type { LiveReading, RowAccess } from './live-reading.ts';
import { makeLookup, type TableContents } from './lookup.ts';
import { type Need, nameOfKey, type TableNeed } from './need.ts';
import { severityOf } from './severity.ts';
import type { Coverage, Shortfall, ShortfallReason } from './shortfall.ts';

export interface Judged {
  readonly shortfalls: readonly Shortfall[];
  readonly coverage: Coverage;
}

export function judge(need: Need, reading: LiveReading): Judged {
  const live = makeLookup(reading.catalog, reading.searchPath);
  const context: TypeContext = { live, enums: need.enums, searchPath: reading.searchPath };
  const shortfalls: Shortfall[] = [];
  const coverage = { tables: 0, columns: 0, uniqueKeys: 0, enums: 0 };
  const needed = new Set(need.tables.map((table) => table.name));
  const unusable = new Set<string>();
  for (const table of need.tables) {
    const found = live.findTable(table);
    if (found.kind === 'found') {
      shortfalls.push(...judgePrivileges(table, found.thing, reading.access, unusable));
      const inside = judgeTable(table, found.thing, context);
      shortfalls.push(...inside.shortfalls);
      coverage.tables += 1;
      coverage.columns += inside.columns;
      coverage.uniqueKeys += inside.uniqueKeys;
      continue;
    }
    const elsewhere = found.kind === 'elsewhere' ? found.things : [];
    // A schema that the role may not use is left out of the path: the privilege is what is missing.
    const barred = elsewhere.find(({ table: there }) => accessTo(there, reading.access)?.usage === false);
    if (barred !== undefined) shortfalls.push(...judgePrivileges(table, barred, reading.access, unusable));
    else shortfalls.push(tellAbsent(table, elsewhere, live.tables, needed, reading.searchPath));
  }
  const enums = judgeEnums(need.enums, live);
  coverage.enums = enums.compared;
  return { shortfalls: [...shortfalls, ...enums.shortfalls], coverage };
}

function tellAbsent(
  need: TableNeed,
  elsewhere: readonly TableContents[],
  all: readonly Table[],
  needed: ReadonlySet<string>,
  searchPath: readonly string[],
): Shortfall {
  const address: Address = { kind: 'table', schema: need.schema, name: need.name };
  const found = elsewhere.map(({ table }) => renderAddress(table, [])).join(', ');
  if (need.unqualified && elsewhere.length > 0)
    return {
      ...shortfall('outside search path', address, 'place', need, '42P01'),
      declared: searchPath.join(', '),
      found,
    };
  const like = all.find((table) => !needed.has(table.name) && nameDistance(table.name, need.name) !== null);
  const similar = like === undefined ? null : renderAddress(like, searchPath);
  return { ...shortfall('missing table', address, 'existence', need, '42P01'), found: found || similar };
}

function judgePrivileges(
  need: TableNeed,
  { table }: TableContents,
  access: ReadonlyMap<string, RowAccess>,
  unusable: Set<string>,
): readonly Shortfall[] {
  const may = accessTo(table, access);
  if (may === undefined) return [];
  if (!may.usage) {
    if (unusable.has(table.schema)) return [];
    unusable.add(table.schema);
    const schema: Address = { kind: 'schema', schema: table.schema };
    return [{ ...shortfall('no privilege', schema, 'privilege', need, '42501'), declared: 'usage' }];
  }
  const rights = ['select', 'insert', 'update', 'delete'] as const;
  const lacking = rights.filter((right) => !may[right]);
  if (lacking.length === 0) return [];
  const held = rights.filter((right) => may[right]);
  return [
    {
      ...shortfall('no privilege', addressOf(table), 'privilege', need, '42501'),
      // Code that only reads a table, or only appends to it, declares it no differently.
      severity: may.select ? 'warning' : 'error',
      declared: lacking.join(', '),
      found: held.length === 0 ? null : held.join(', '),
    },
  ];
}

function accessTo(
  table: TableContents['table'],
  access: ReadonlyMap<string, RowAccess>,
): RowAccess | undefined {
  return access.get(renderAddressKey({ kind: 'table', schema: table.schema, name: table.name }));
}

function judgeTable(need: TableNeed, live: TableContents, context: TypeContext) {
  const shortfalls: Shortfall[] = [];
  const { schema, name: table } = need;
  const declared = new Set(need.columns.map((column) => column.name));
  const unknown = [...live.columns.values()].filter((column) => !declared.has(column.name));
  let columns = 0;
  for (const column of need.columns) {
    const address = { kind: 'column', schema, table, name: column.name } as const;
    const found = live.columns.get(column.name);
    if (found !== undefined) {
      columns += 1;
      shortfalls.push(...judgeColumn(column, found, address, context));
      continue;
    }
    const like = unknown.find(({ name }) => nameDistance(name, column.name) !== null);
    shortfalls.push({
      ...shortfall('missing column', address, 'existence', column, '42703'),
      declared: column.type,
      found: like?.name ?? null,
    });
  }
  for (const column of unknown.filter(isRequired))
    shortfalls.push({
      ...shortfall('required column unknown', addressOf(column), 'nullability', need, '23502'),
      found: 'not null without a default',
    });
  const keys = judgeKeys(need, live);
  return { shortfalls: [...shortfalls, ...keys.shortfalls], columns, uniqueKeys: keys.compared };
}

function judgeKeys(need: TableNeed, live: TableContents) {
  const nameOf = (columns: readonly string[]) => JSON.stringify([...columns].sort());
  const present = new Set(
    live.parts.map(arbiterColumns).flatMap((columns) => (columns ? [nameOf(columns)] : [])),
  );
  // A key over a missing column is missing with it.
  const possible = need.uniqueKeys.filter(({ columns }) => columns.every((name) => live.columns.has(name)));
  const lacking = possible.filter(({ columns }) => !present.has(nameOf(columns)));
  const shortfalls = lacking.map((key): Shortfall => {
    const kind = key.primary ? 'primary key' : 'unique key';
    const address: Address = { kind, schema: need.schema, table: need.name, name: nameOfKey(need.name, key) };
    return {
      ...shortfall('missing unique key', address, 'existence', need, '42P10'),
      declared: key.columns.join(', '),
    };
  });
  return { shortfalls, compared: possible.length };
}

function shortfall(
  reason: ShortfallReason,
  address: Address,
  aspect: string,
  { origin }: Pick<TableNeed, 'origin'>,
  sqlstate: string,
): Shortfall {
  const nothing = { declared: null, found: null, because: null };
  return { reason, severity: severityOf(reason), address, aspect, ...nothing, sqlstate, origin };
}
