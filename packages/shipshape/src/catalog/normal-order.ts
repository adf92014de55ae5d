// inNormalOrder: objects sorted by their address keys, of which few are rendered for it.
import { type Address, type PartAddress, renderAddressKey } from './address.ts';
import { quoteIdentifier } from './identifier.ts';

/**
 * A key is a kind, then, for nearly all objects, a table and a name in it. No kind begins with another and a space, and no
 * quoted name with another and a dot, so that sorting by one after the other sorts by the whole key. An object has all that
 * its address has, under the same names. Throws an Error when two have the same address.
 */
export function inNormalOrder<Each extends Address>(objects: Iterable<Each>): readonly Each[] {
  const kinds = new Map<string, Each[][]>();
  for (const stretch of stretchesOf([...objects])) {
    const { kind } = stretch[0] as Each;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [stretch]);
    else known.push(stretch);
  }
  const sorted: Each[] = [];
  for (const stretches of inOrderOfText(kinds)) {
    if (areParts(stretches)) for (const inTable of byTable(stretches)) placeParts(inTable, sorted);
    else for (const object of sortMany(stretches.flat(), renderAddressKey)) sorted.push(object);
  }
  return sorted;
}

/**
 * What follows one another of one kind, and in one table. Mostly that is all that there is of it, so that it is cut out of
 * the list as it stands: nothing is made for each of the columns, of which there are more than of all else together.
 */
function stretchesOf<Each extends Address>(objects: readonly Each[]): readonly Each[][] {
  const stretches: Each[][] = [];
  let from = 0;
  for (let at = 1; at <= objects.length; at += 1) {
    if (at < objects.length && isBeside(objects[from] as Each, objects[at] as Each)) continue;
    stretches.push(objects.slice(from, at));
    from = at;
  }
  return stretches;
}

function isBeside(one: Address, other: Address): boolean {
  if (one.kind !== other.kind) return false;
  if (!('table' in one) || !('table' in other)) return true;
  return one.table === other.table && one.schema === other.schema;
}

/** `stretches`: of one kind, of which all are parts of tables or none. */
function areParts<Each extends Address>(
  stretches: readonly Each[][],
): stretches is readonly (Each & PartAddress)[][] {
  const first = stretches[0]?.[0];
  return first !== undefined && 'table' in first;
}

function byTable<Each extends PartAddress>(stretches: readonly Each[][]): readonly (readonly Each[])[] {
  const tables = new Map<string, Each[]>();
  for (const stretch of stretches) {
    const { schema, table } = stretch[0] as Each;
    const text = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}.`;
    const known = tables.get(text);
    if (known === undefined) tables.set(text, stretch);
    else known.push(...stretch);
  }
  return inOrderOfText(tables);
}

/** So few are put in their places one by one sooner than a map of them is made. */
const fewest = 32;

/** Puts the parts of one kind of one table behind what is `sorted`. */
function placeParts<Each extends Address>(parts: readonly (Each & PartAddress)[], sorted: Each[]): void {
  if (parts.length > fewest) {
    for (const part of sortMany(parts, ({ name }) => quoteIdentifier(name))) sorted.push(part);
    return;
  }
  const before = sorted.length;
  const names: string[] = [];
  for (const part of parts) {
    const name = quoteIdentifier(part.name);
    let at = names.length;
    for (; at > 0 && (names[at - 1] as string) > name; at -= 1) {
      names[at] = names[at - 1] as string;
      sorted[before + at] = sorted[before + at - 1] as Each;
    }
    if (names[at - 1] === name) throw sameAddress(part);
    names[at] = name;
    sorted[before + at] = part;
  }
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

function sameAddress(object: Address): Error {
  return new Error(`two objects at one address: ${renderAddressKey(object)}`);
}

/** Texts alone are sorted without a call for each comparison. */
function inOrderOfText<Each>(byText: ReadonlyMap<string, Each>): readonly Each[] {
  return [...byText.keys()].sort().map((text) => byText.get(text) as Each);
}
