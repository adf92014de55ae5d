// adoptEnumNames: enums whose names no model says are called what the database calls the type of the column.
import { renderAddressKey } from './address.ts';
import { addressOf, type Catalog, type CatalogObject, indexByKey, makeCatalog } from './catalog.ts';
import type { Declaration } from './declaration.ts';
import type { Enum } from './enum.ts';
import { quoteIdentifier, quoteQualified } from './identifier.ts';

/**
 * Before the declaration is elaborated: a column is paired with that of `actual`, and where the type of that one is an enum
 * the declared enum takes its name, so that what remains to compare is labels. Enums that then are one must have the same
 * labels, or keep their own names.
 */
export function adoptEnumNames(declaration: Declaration, actual: Catalog): Declaration {
  const { catalog, silence, origin, unqualified } = declaration;
  const unnamed = new Set(silence.flatMap(({ address, aspect }) => (aspect === 'name' ? [address] : [])));
  if (unnamed.size === 0) return declaration;
  const adopted = new Map<string, Enum>();
  const types = new Map<string, string>();
  const enums = catalog.objects.filter((each): each is Enum => each.kind === 'enum');
  const taken = new Map(enums.map((each) => [keyOf(each), each.labels]));
  for (const own of enums) {
    if (!unnamed.has(keyOf(own))) continue;
    const other = findUsed(own, catalog, actual);
    if (other === null) continue;
    const renamed: Enum = { ...own, schema: other.schema, name: other.name };
    const known = taken.get(keyOf(renamed));
    if (known !== undefined && known.join() !== own.labels.join()) continue;
    taken.set(keyOf(renamed), own.labels);
    adopted.set(keyOf(own), renamed);
    types.set(quoteQualified(own.schema, own.name), quoteQualified(other.schema, other.name));
  }
  if (adopted.size === 0) return declaration;
  const keyAfter = (key: string): string => {
    const renamed = adopted.get(key);
    return renamed === undefined ? key : keyOf(renamed);
  };
  const objects = new Map<string, CatalogObject>();
  for (const object of catalog.objects) {
    const after = adopted.get(keyOf(object)) ?? object;
    const own = after.kind === 'column' ? types.get(after.type) : undefined;
    const typed = after.kind === 'column' && own !== undefined ? { ...after, type: own } : after;
    objects.set(keyOf(typed), typed);
  }
  for (const { schema } of adopted.values()) {
    const object = { kind: 'schema', schema } as const;
    objects.set(keyOf(object), object);
  }
  return {
    ...declaration,
    catalog: makeCatalog(objects.values()),
    silence: silence.map((each) => ({ ...each, address: keyAfter(each.address) })),
    origin: Object.fromEntries(Object.entries(origin).map(([key, place]) => [keyAfter(key), place])),
    unqualified: [...new Set(unqualified.map(keyAfter))].sort(),
  };
}

/** The enum that a column has there which has this one here. */
function findUsed(own: Enum, declared: Catalog, actual: Catalog): Enum | null {
  const others = indexByKey(actual);
  const enums = actual.objects.filter((each): each is Enum => each.kind === 'enum');
  const type = quoteQualified(own.schema, own.name);
  for (const column of declared.objects) {
    if (column.kind !== 'column' || column.type !== type) continue;
    const other = others.get(keyOf(column));
    if (other?.kind !== 'column') continue;
    const used = enums.find(({ schema, name }) =>
      // format_type leaves the schema out where the search path leads to it.
      [quoteQualified(schema, name), quoteIdentifier(name)].includes(other.type),
    );
    if (used !== undefined) return used;
  }
  return null;
}

function keyOf(object: CatalogObject): string {
  return renderAddressKey(addressOf(object));
}
