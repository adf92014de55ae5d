// inNormalOrder: objects sorted by their address keys, of which few are rendered for it.
import { type Address, type PartAddress, renderAddressKey } from './address.ts';
import { quoteIdentifier } from './identifier.ts';

export class SameAddressError extends Error {
  override readonly name = 'SameAddressError';
}

/**
 * A key is a kind, then, for nearly all objects, a table and a name in it. No kind begins with another and a space, and no
 * quoted name with another and a dot, so that sorting by one after the other sorts by the whole key. An object has all that
 * its address has, under the same names. Throws SameAddressError when two have the same address.
 */
export function inNormalOrder<Each extends Address>(objects: Iterable<Each>): readonly Each[] {
  return inOrderOfText(groupBy<string, Each>(objects, ({ kind }) => kind)).flatMap((ofKind) => {
    if (!areParts(ofKind)) return sortApart(ofKind, renderAddressKey);
    return byTable(ofKind).flatMap((inTable) => sortApart(inTable, ({ name }) => quoteIdentifier(name)));
  });
}

/** `ofKind`: of one, of which all are or none. */
function areParts<Each extends Address>(ofKind: readonly Each[]): ofKind is readonly (Each & PartAddress)[] {
  const [first] = ofKind;
  return first !== undefined && 'table' in first;
}

function byTable<Each extends PartAddress>(parts: readonly Each[]): readonly (readonly Each[])[] {
  const tables = new Map<string, readonly Each[]>();
  for (const [schema, inSchema] of groupBy(parts, (part) => part.schema)) {
    const prefix = `${quoteIdentifier(schema)}.`;
    for (const [table, inTable] of groupBy(inSchema, (part) => part.table))
      tables.set(`${prefix}${quoteIdentifier(table)}.`, inTable);
  }
  return inOrderOfText(tables);
}

function sortApart<Each extends Address>(
  objects: readonly Each[],
  textOf: (object: Each) => string,
): readonly Each[] {
  if (objects.length === 1) return objects;
  const byText = new Map<string, Each>();
  for (const object of objects) {
    const text = textOf(object);
    if (byText.has(text))
      throw new SameAddressError(`two objects at one address: ${renderAddressKey(object)}`);
    byText.set(text, object);
  }
  return inOrderOfText(byText);
}

/** Texts alone are sorted without a call for each comparison. */
function inOrderOfText<Each>(byText: ReadonlyMap<string, Each>): readonly Each[] {
  return [...byText.keys()].sort().map((text) => byText.get(text) as Each);
}

/** Mostly one has the key of the one before it. */
function groupBy<Key, Each>(things: Iterable<Each>, keyOf: (thing: Each) => Key): ReadonlyMap<Key, Each[]> {
  const groups = new Map<Key, Each[]>();
  let last: { readonly key: Key; readonly group: Each[] } | null = null;
  for (const thing of things) {
    const key = keyOf(thing);
    if (last === null || last.key !== key) {
      const group: Each[] = groups.get(key) ?? [];
      groups.set(key, group);
      last = { key, group };
    }
    last.group.push(thing);
  }
  return groups;
}
