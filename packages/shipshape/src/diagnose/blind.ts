// diagnoseBlindness: a catalogue in which nothing of the need can be seen, told once and never as "clean".
import { quoteIdentifier } from '../catalog/index.ts';
import type { TableContents } from '../need/lookup.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { Scene } from './scene.ts';

/** Null when at least one table of the need can be used. */
export function diagnoseBlindness(scene: Scene): Finding | null {
  const { need, live, liveLookup, ledger, migrated, without } = scene;
  const tables = need.tables.length;
  if (tables === 0) return null;
  const place = { verdict: 'blind' } as const;
  const found = need.tables.map((table) => liveLookup.findTable(table));
  if (found.every((each) => each.kind === 'missing')) {
    // Tables that no migration makes are missing for another reason than that nothing can be seen.
    const unmade = migrated?.shortfalls.filter((each) => each.reason === 'missing table').length ?? 0;
    if (unmade === tables) return null;
    const others = liveLookup.tables.length;
    const applied = without.kind === 'snapshot' || without.kind === 'ledger' ? ledger.length : null;
    const command = without.kind === 'ledger of another tool' ? without.command : null;
    const data = { database: live.database, tables, others, applied, command };
    return makeFinding('catalogue-empty', data, place);
  }
  const role = quoteIdentifier(live.user);
  const there = found.flatMap((each) =>
    each.kind === 'found' ? [each.thing] : each.kind === 'elsewhere' ? [each.things[0] as TableContents] : [],
  );
  if (there.length < tables) return null;
  const schema = quoteIdentifier(there[0]?.table.schema ?? '');
  const access = there.map((each) => each.access);
  if (access.every((may) => may?.usage === false))
    return makeFinding('catalogue-forbidden', { tables, schema, role, usage: false }, place);
  if (access.every((may) => may !== undefined && !(may.select || may.insert || may.update || may.delete)))
    return makeFinding('catalogue-forbidden', { tables, schema, role, usage: true }, place);
  if (found.some((each) => each.kind === 'found') || need.tables.some((table) => !table.unqualified))
    return null;
  const path = live.searchPath.map(quoteIdentifier).join(', ');
  return makeFinding('catalogue-elsewhere', { tables, path, schema, role }, place);
}
