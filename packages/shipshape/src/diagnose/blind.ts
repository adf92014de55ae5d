// diagnoseBlindness: a catalogue in which nothing of the need can be seen, told once and never as "clean".
import { addressOf, quoteIdentifier, renderAddressKey } from '../catalog/index.ts';
import type { LiveTable } from '../need/live-tables.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { Scene } from './scene.ts';

/** Null when at least one table of the need can be used, or when the tables that are there are others. */
export function diagnoseBlindness({ need, live, liveTables, ledger }: Scene): Finding | null {
  const tables = need.tables.length;
  if (tables === 0) return null;
  const place = { verdict: 'blind' } as const;
  if (liveTables.tables.length === 0)
    return makeFinding('catalogue-empty', { database: live.database, tables, applied: ledger.length }, place);

  const role = quoteIdentifier(live.user);
  const found = need.tables.map((table) => liveTables.findTable(table));
  const there = found.flatMap((each) =>
    each.kind === 'found' ? [each.thing] : each.kind === 'elsewhere' ? [each.things[0] as LiveTable] : [],
  );
  if (there.length < tables) return null;
  const schema = quoteIdentifier(there[0]?.table.schema ?? '');
  const access = there.map(({ table }) => live.access.get(renderAddressKey(addressOf(table))));
  if (access.every((may) => may?.usage === false))
    return makeFinding('catalogue-forbidden', { tables, schema, role, usage: false }, place);
  if (access.every((may) => may !== undefined && !(may.select || may.insert || may.update || may.delete)))
    return makeFinding('catalogue-forbidden', { tables, schema, role, usage: true }, place);
  if (found.some((each) => each.kind === 'found') || need.tables.some((table) => !table.unqualified))
    return null;
  const path = live.searchPath.map(quoteIdentifier).join(', ');
  return makeFinding('catalogue-elsewhere', { tables, path, schema, role }, place);
}
