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
  const sorted: Each[] = [];
  for (const ofKind of inOrderOfText(groupBy<string, Each>(objects, ({ kind }) => kind))) {
    if (!areParts(ofKind)) for (const object of sortApart(ofKind, renderAddressKey)) sorted.push(object);
    else
      for (const inTable of byTable(ofKind))
        for (const part of sortApart(inTable, ({ name }) => quoteIdentifier(name))) sorted.push(part);
  }
  return sorted;
}

/** `ofKind`: of one, of which all are or none. */
function areParts<Each extends Address>(ofKind: readonly Each[]): ofKind is readonly (Each & PartAddress)[] {
  const [first] = ofKind;
  return first !== undefined && 'table' in first;
}

function byTable<Each extends PartAddress>(parts: readonly Each[]): readonly (readonly Each[])[] {
  const schemas = new Map<string, Map<string, Each[]>>();
  let last: Each | null = null;
  let group: Each[] = [];
  for (const part of parts) {
    // Mostly one is in the table of the one before it.
    if (part.table !== last?.table || part.schema !== last.schema) group = groupIn(schemas, part);
    last = part;
    group.push(part);
  }
  const byText = new Map<string, readonly Each[]>();
  for (const [schema, tables] of schemas) {
    const prefix = `${quoteIdentifier(schema)}.`;
    for (const [table, inTable] of tables) byText.set(`${prefix}${quoteIdentifier(table)}.`, inTable);
  }
  return inOrderOfText(byText);
}

function groupIn<Each extends PartAddress>(
  schemas: Map<string, Map<string, Each[]>>,
  { schema, table }: Each,
): Each[] {
  const tables = schemas.get(schema) ?? new Map<string, Each[]>();
  if (tables.size === 0) schemas.set(schema, tables);
  const known = tables.get(table);
  if (known !== undefined) return known;
  const made: Each[] = [];
  tables.set(table, made);
  return made;
}

/** So few are put in their places one by one sooner than a map of them is made. */
const fewest = 32;

function sortApart<Each extends Address>(
  objects: readonly Each[],
  textOf: (object: Each) => string,
): readonly Each[] {
  if (objects.length === 1) return objects;
  if (objects.length > fewest) return sortMany(objects, textOf);
  const texts: string[] = [];
  const sorted: Each[] = [];
  for (const object of objects) {
    const text = textOf(object);
    let at = texts.length;
    for (; at > 0 && (texts[at - 1] as string) > text; at -= 1) {
      texts[at] = texts[at - 1] as string;
      sorted[at] = sorted[at - 1] as Each;
    }
    if (texts[at - 1] === text) throw sameAddress(object);
    texts[at] = text;
    sorted[at] = object;
  }
  return sorted;
}

function sortMany<Each extends Address>(
  objects: readonly Each[],
  textOf: (object: Each) => string,
): readonly Each[] {
  const byText = new Map<string, Each>();
  for (const object of objects) {
    const text = textOf(object);
    if (byText.has(text)) throw sameAddress(object);
    byText.set(text, object);
  }
  return inOrderOfText(byText);
}

function sameAddress(object: Address): SameAddressError {
  return new SameAddressError(`two objects at one address: ${renderAddressKey(object)}`);
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
