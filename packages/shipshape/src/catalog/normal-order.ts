// inNormalOrder: objects sorted by their address keys, of which few are rendered for it.
import { type Address, type PartAddress, renderAddressKey } from './address.ts';
import { quoteIdentifier } from './identifier.ts';

/**
 * A key is a kind, then, for nearly all objects, a table and a name in it. No kind begins with another and a space, and no
 * quoted name with another and a dot, so that sorting by one after the other sorts by the whole key. An object has all that
 * its address has, under the same names. Throws an Error when two have the same address.
 */
export function inNormalOrder<Each extends Address>(objects: Iterable<Each>): readonly Each[] {
  const kinds = [...groupBy(objects, ({ kind }) => kind)];
  return sortByText(kinds, ([kind]) => kind).flatMap(([, ofKind]) => {
    const parts = ofKind.filter(isPart);
    if (parts.length < ofKind.length) return sortApart(ofKind, renderAddressKey);
    return byTable(parts).flatMap((inTable) => sortApart(inTable, ({ name }) => quoteIdentifier(name)));
  });
}

/** All of a kind are, or none. */
function isPart<Each extends Address>(object: Each): object is Each & PartAddress {
  return 'table' in object;
}

function byTable<Each extends PartAddress>(parts: readonly Each[]): readonly (readonly Each[])[] {
  const tables = [...groupBy(parts, ({ schema }) => schema)].flatMap(([schema, inSchema]) =>
    [...groupBy(inSchema, ({ table }) => table)].map(([table, inTable]) => ({
      prefix: `${quoteIdentifier(schema)}.${quoteIdentifier(table)}.`,
      inTable,
    })),
  );
  return sortByText(tables, ({ prefix }) => prefix).map(({ inTable }) => inTable);
}

function sortApart<Each extends Address>(
  objects: readonly Each[],
  textOf: (object: Each) => string,
): readonly Each[] {
  if (objects.length === 1) return objects;
  const sorted = withTexts(objects, textOf);
  const twin = sorted.find(({ text }, at) => sorted[at + 1]?.text === text);
  if (twin !== undefined) throw new Error(`two objects at one address: ${renderAddressKey(twin.thing)}`);
  return sorted.map(({ thing }) => thing);
}

function sortByText<Each>(things: readonly Each[], textOf: (thing: Each) => string): readonly Each[] {
  return withTexts(things, textOf).map(({ thing }) => thing);
}

/** Sorted by them. */
function withTexts<Each>(things: readonly Each[], textOf: (thing: Each) => string) {
  return things
    .map((thing) => ({ text: textOf(thing), thing }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

function groupBy<Key, Each>(things: Iterable<Each>, keyOf: (thing: Each) => Key): ReadonlyMap<Key, Each[]> {
  const groups = new Map<Key, Each[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [thing]);
    else others.push(thing);
  }
  return groups;
}
