// declareModels: what a set of drizzle modules declares.
import type { PgEnum } from 'drizzle-orm/pg-core';
import {
  type Address,
  addressOf,
  type CatalogObject,
  cutIdentifier,
  type Declaration,
  makeCatalog,
  type Part,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Dialect } from './dialect.ts';
import { type Exported, type Found, linkedTable } from './exported.ts';
import { readPolicy } from './policy.ts';
import { readSequence } from './sequence.ts';
import { silences } from './silence.ts';
import { readTable } from './table.ts';
import { type Mark, tableMark } from './told.ts';
import { readView } from './view.ts';

/** A declared object, what exports it, and the words there that declare it. */
export interface Placed {
  readonly object: CatalogObject;
  /** Null for what the models only imply: the schema of an exported table. */
  readonly found: Found<unknown> | null;
  readonly mark: Mark;
}

export interface Declared extends Omit<Declaration, 'origin'> {
  readonly placed: readonly Placed[];
}

/** Throws ShipshapeError (`models-clash`, `models-unreadable`). */
export function declareModels(
  dialect: Dialect,
  exported: Exported,
  shown: (file: string) => string,
): Declared {
  // By what holds it (a table, else the database), then by its own key in there: a table's is rendered once for its parts.
  const holders = new Map<string, Map<string, Placed>>();
  const outside = holderOf('');
  const placed: Placed[] = [];
  const silence: Silence[] = [...silences];
  const unqualified = new Set<string>();
  // Nearly every table has the schema of the one before, and its enums.
  const schemas = new Set<string>();
  const enums = new Set<unknown>();

  for (const found of exported.schemas) placeSchema(found.value.schemaName, found);
  for (const found of exported.enums) placeEnum(found.value, found, tableMark);
  for (const found of exported.tables) {
    const table = readTable(dialect, found.value);
    for (const { source, mark } of table.enums) placeEnum(source, found, mark);
    placeSchema(table.object.schema, null);
    const key = keyOf(table.object);
    if (!table.qualified) unqualified.add(key);
    place({ object: table.object, found, mark: tableMark });
    const inside = holderOf(key);
    for (const { object, mark } of table.parts) placeIn(inside, partKey(object), { object, found, mark });
    silence.push(...table.silence);
  }
  for (const found of exported.sequences) {
    const sequence = readSequence(found.value);
    placeSchema(sequence.schema, null);
    place({ object: sequence, found, mark: tableMark });
  }
  for (const found of exported.policies) {
    const linked = linkedTable(found.value);
    if (linked === undefined) continue;
    const { schema, table } = dialect.placeOf(linked);
    const { object } = readPolicy(dialect, { schema, table }, found.value);
    const inside = holderOf(renderAddressKey({ kind: 'table', schema, name: table }));
    placeIn(inside, partKey(object), { object, found, mark: tableMark });
  }
  for (const found of exported.views) {
    const { view, silence: silent, qualified } = readView(dialect, found.value);
    placeSchema(view.schema, null);
    place({ object: view, found, mark: tableMark });
    silence.push(...silent);
    if (!qualified) unqualified.add(keyOf(view));
  }
  assertOneKeyPerTable();
  return {
    catalog: makeCatalog(placed.map(({ object }) => object)),
    placed,
    silence,
    unqualified: [...unqualified].sort(),
  };

  function holderOf(key: string): Map<string, Placed> {
    const known = holders.get(key);
    if (known !== undefined) return known;
    const made = new Map<string, Placed>();
    holders.set(key, made);
    return made;
  }

  function place(one: Placed): void {
    placeIn(outside, keyOf(one.object), one);
  }

  function placeIn(inside: Map<string, Placed>, key: string, one: Placed): void {
    const other = inside.get(key);
    if (other === undefined) {
      inside.set(key, one);
      placed.push(one);
      return;
    }
    // Two tables are never one, however alike: their columns belong to different objects of the code.
    const isOne = one.object.kind !== 'table' && JSON.stringify(other.object) === JSON.stringify(one.object);
    if (!isOne) throw clash(addressOf(one.object), other, one);
  }

  function placeSchema(schema: string, found: Found<unknown> | null): void {
    if (found === null && schemas.has(schema)) return;
    schemas.add(schema);
    place({ object: { kind: 'schema', schema }, found, mark: tableMark });
  }

  function placeEnum(source: PgEnum<[string, ...string[]]>, found: Found<unknown>, mark: Mark): void {
    if (enums.has(source)) return;
    enums.add(source);
    const schema = source.schema ?? 'public';
    const object = {
      kind: 'enum',
      schema,
      name: cutIdentifier(source.enumName),
      labels: [...source.enumValues],
    } as const;
    placeSchema(schema, null);
    place({ object, found, mark });
    if (source.schema === undefined) unqualified.add(keyOf(object));
  }

  function assertOneKeyPerTable(): void {
    for (const inside of holders.values()) {
      let key: Placed | null = null;
      for (const one of inside.values()) {
        if (one.object.kind !== 'primary key') continue;
        const { schema, table } = one.object;
        if (key !== null)
          throw clash({ kind: 'table', schema, name: table }, key, one, 'the primary key of ');
        key = one;
      }
    }
  }

  function clash(address: Address, first: Placed, second: Placed, prefix = ''): ShipshapeError {
    const what = `${prefix}${renderAddress(address)}`;
    const data = { what, first: nameOf(first), second: nameOf(second) };
    return new ShipshapeError([makeFinding('models-clash', data, { address })]);
  }

  /** `users.email in src/schema.ts`, as the code names it. */
  function nameOf({ found, mark }: Placed): string {
    const { path, file } = found ?? { path: [], file: null };
    const inside = mark.kind === 'property' ? [mark.name] : [];
    const words = mark.kind === 'text' ? ` ("${mark.text}")` : '';
    return `${[...path, ...inside].join('.')}${words}${file === null ? '' : ` in ${shown(file)}`}`;
  }
}

function keyOf(object: CatalogObject): string {
  return renderAddressKey(addressOf(object));
}

/** Nearly all are columns, whose name is at hand; no name holds the character that sets the others apart. */
function partKey({ kind, name }: Part): string {
  return kind === 'column' ? name : `${kind}\0${name}`;
}
