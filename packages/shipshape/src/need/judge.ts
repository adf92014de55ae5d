// judge: what a need asks for and a database does not give. Need, not equality: wider is fine.
import { type Address, addressOf, renderAddress } from '../catalog/index.ts';
import { nearestName } from '../compare/similar-name.ts';
import { judgeAccess } from './judge-access.ts';
import { makeTypeContext } from './judge-column.ts';
import { judgeEnums } from './judge-enum.ts';
import { judgeTable } from './judge-table.ts';
import type { LiveReading } from './live-reading.ts';
import type { Lookup, TableContents } from './lookup.ts';
import { makeShortfall } from './make-shortfall.ts';
import { addressOfNeed, type Need, type TableNeed } from './need.ts';
import type { Coverage, Shortfall } from './shortfall.ts';

export interface Judged {
  readonly shortfalls: readonly Shortfall[];
  readonly coverage: Coverage;
}

export function judge(need: Need, reading: LiveReading): Judged {
  const { lookup: live, searchPath } = reading;
  const context = makeTypeContext(live, need.enums);
  const shortfalls: Shortfall[] = [];
  const compared = { tables: 0, views: 0, columns: 0, uniqueKeys: 0 };
  const unkeyed: string[] = [];
  const unusable = new Set<string>();
  for (const table of need.tables) {
    const found = live.findTable(table);
    if (found.kind === 'found') {
      shortfalls.push(...judgeAccess(table, found.thing, unusable));
      const inside = judgeTable(table, found.thing, context);
      shortfalls.push(...inside.shortfalls);
      compared[table.kind === undefined ? 'tables' : 'views'] += 1;
      compared.columns += inside.columns;
      if (inside.uniqueKeys !== null) compared.uniqueKeys += inside.uniqueKeys;
      else unkeyed.push(renderAddress(addressOf(found.thing.table), searchPath));
      continue;
    }
    const elsewhere = found.kind === 'elsewhere' ? found.things : [];
    // A schema that the role may not use is left out of the path: the privilege is what is missing.
    const barred = elsewhere.find((there) => there.access?.usage === false);
    if (barred !== undefined) shortfalls.push(...judgeAccess(table, barred, unusable));
    else shortfalls.push(tellAbsent(table, elsewhere, need, live, searchPath));
  }
  const enums = judgeEnums(need.enums, live);
  const { views, ...counts } = compared;
  return {
    shortfalls: [...shortfalls, ...enums.shortfalls],
    coverage: {
      ...counts,
      ...(views === 0 ? {} : { views }),
      enums: enums.compared,
      ...(unkeyed.length === 0 ? {} : { notCompared: [tellUnkeyed(unkeyed)] }),
    },
  };
}

function tellUnkeyed(names: readonly string[]) {
  return { what: `unique keys of ${names.join(', ')}`, because: 'no table of this server' };
}

function tellAbsent(
  need: TableNeed,
  elsewhere: readonly TableContents[],
  { tables }: Need,
  live: Lookup,
  searchPath: readonly string[],
): Shortfall {
  const address: Address = addressOfNeed(need);
  const found = elsewhere.map(({ table }) => renderAddress(addressOf(table), [])).join(', ');
  if (need.unqualified && elsewhere.length > 0)
    return {
      ...makeShortfall('outside search path', address, 'place', need, '42P01'),
      declared: searchPath.join(', '),
      found,
    };
  const needed = new Set(tables.map((table) => table.name));
  const others = live.tables.filter((table) => !needed.has(table.name));
  const like = nearestName(need.name, others, ({ name }) => name);
  const similar = like === null ? null : renderAddress(addressOf(like), searchPath);
  return {
    ...makeShortfall('missing table', address, 'existence', need, '42P01'),
    found: found || similar,
  };
}
