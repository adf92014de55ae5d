// declareModels: what a set of drizzle modules declares.
import type { PgEnum } from 'drizzle-orm/pg-core';
import {
  type Address,
  addressOf,
  type ByTable,
  type CatalogObject,
  type Column,
  catalogByTable,
  cutIdentifier,
  type Declaration,
  type Extent,
  groupByTable,
  type Inside,
  renderAddress,
  renderAddressKey,
  type Silence,
  type Table,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Dialect } from './dialect.ts';
import { type Exported, type Found, linkedTable } from './exported.ts';
import { readPolicy } from './policy.ts';
import { readSequence } from './sequence.ts';
import { silences } from './silence.ts';
import { readTable } from './table.ts';
import { type Mark, type Told, tableMark } from './told.ts';
import { readView } from './view.ts';

/** A declared object, what exports it, and the words there that declare it. */
export interface Placed {
  readonly object: CatalogObject;
  /** Null for what the models only imply: the schema of an exported table. */
  readonly found: Found<unknown> | null;
  readonly mark: Mark;
}

export interface Declared extends Omit<Declaration, 'origin'> {
  /** Made when it is asked for, which only lines do. */
  readonly placed: () => Iterable<Placed>;
}

/** What a table holds: the property of each column beside it, since a schema has more columns than all else. */
interface Held {
  readonly table: Table;
  readonly found: Found<unknown>;
  readonly columns: readonly Column[];
  readonly properties: readonly string[];
  readonly keys: readonly Told[];
}

/** Throws ShipshapeError (`models-clash`, `models-unreadable`). */
export function declareModels(
  dialect: Dialect,
  exported: Exported,
  extent: Extent,
  shown: (file: string) => string,
): Declared {
  const outside = new Map<string, Placed>();
  const held: Held[] = [];
  const silence: Silence[] = [...silences];
  const unqualified = new Set<string>();
  // Nearly every table has the schema of the one before, and its enums.
  const schemas = new Set<string>();
  const enums = new Set<unknown>();

  for (const found of exported.schemas) placeSchema(found.value.schemaName, found);
  for (const found of exported.enums) placeEnum(found.value, found, tableMark);
  for (const found of exported.tables) {
    const table = readTable(dialect, found.value, extent);
    for (const { source, mark } of table.enums) placeEnum(source, found, mark);
    placeSchema(table.object.schema, null);
    const key = place({ object: table.object, found, mark: tableMark });
    if (!table.qualified) unqualified.add(key);
    held.push({
      found,
      table: table.object,
      columns: table.columns,
      properties: table.properties,
      keys: table.keys,
    });
    for (const { object, mark } of table.policies) place({ object, found, mark });
    silence.push(...table.silence);
  }
  for (const found of exported.sequences) {
    const sequence = readSequence(found.value);
    placeSchema(sequence.schema, null);
    place({ object: sequence, found, mark: tableMark });
  }
  for (const found of extent === 'whole' ? exported.policies : []) {
    const linked = linkedTable(found.value);
    if (linked === undefined) continue;
    const { schema, table } = dialect.placeOf(linked);
    const { object } = readPolicy(dialect, { schema, table }, found.value);
    place({ object, found, mark: tableMark });
  }
  for (const found of exported.views) {
    const { view, silence: silent, qualified } = readView(dialect, found.value);
    placeSchema(view.schema, null);
    const key = place({ object: view, found, mark: tableMark });
    silence.push(...silent);
    if (!qualified) unqualified.add(key);
  }
  const all = held.map(holdOnce);
  for (const each of all) assertOnePrimaryKey(each);
  return {
    catalog: catalogByTable(byTable(all)),
    placed: () => [...outside.values(), ...all.flatMap(placedIn)],
    silence,
    unqualified: [...unqualified].sort(),
  };

  /** Gives its address key. */
  function place(one: Placed): string {
    const key = renderAddressKey(addressOf(one.object));
    const other = outside.get(key);
    if (other === undefined) outside.set(key, one);
    else assertOne(other, one);
    return key;
  }

  function byTable(all: readonly Held[]): ByTable {
    const keys = [...outside.keys()].sort();
    const { tops, inside } = groupByTable(keys.map((key) => (outside.get(key) as Placed).object));
    const tables = new Map([...inside].map(([schema, each]) => [schema, new Map(each)]));
    for (const { table, columns, keys } of all) {
      const { schema, name } = table;
      const ofSchema = tables.get(schema) ?? new Map<string, Inside>();
      tables.set(schema, ofSchema);
      const policies = ofSchema.get(name)?.others ?? [];
      ofSchema.set(name, { columns, others: [...policies, ...keys.map(({ object }) => object)] });
    }
    return { tops, inside: tables };
  }

  /** What is in a table is told apart by its own name in there. */
  function holdOnce(whole: Held): Held {
    const { columns, properties, keys } = whole;
    const columnsOnce = onceEach(
      columns,
      ({ name }) => name,
      (first, second) => assertOne(placedColumn(whole, first), placedColumn(whole, second)),
    );
    const keysOnce = onceEach(
      keys,
      ({ object }) => `${object.kind}\0${object.name}`,
      (first, second) => assertOne(placedKey(whole, first), placedKey(whole, second)),
    );
    if (columnsOnce === null && keysOnce === null) return whole;
    return {
      ...whole,
      columns: pick(columns, columnsOnce),
      properties: pick(properties, columnsOnce),
      keys: pick(keys, keysOnce),
    };
  }

  function assertOne(other: Placed, one: Placed): void {
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
    const key = place({ object, found, mark });
    if (source.schema === undefined) unqualified.add(key);
  }

  function assertOnePrimaryKey({ found, keys }: Held): void {
    const [first, second] = keys.filter(({ object }) => object.kind === 'primary key');
    if (first === undefined || second === undefined) return;
    const { schema, table } = first.object;
    const address = { kind: 'table', schema, name: table } as const;
    throw clash(address, { ...first, found }, { ...second, found }, 'the primary key of ');
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

function placedIn(held: Held): readonly Placed[] {
  return [
    ...held.columns.map((_, at) => placedColumn(held, at)),
    ...held.keys.map((_, at) => placedKey(held, at)),
  ];
}

function placedColumn({ found, columns, properties }: Held, at: number): Placed {
  return {
    object: columns[at] as Column,
    found,
    mark: { kind: 'property', name: properties[at] as string },
  };
}

function placedKey({ found, keys }: Held, at: number): Placed {
  return { ...(keys[at] as Told), found };
}

/** Where the first of each name stands; null where each has a name of its own. Another one meets the first. */
function onceEach<Each>(
  list: readonly Each[],
  nameOf: (one: Each) => string,
  meet: (first: number, second: number) => void,
): readonly number[] | null {
  const names = list.map(nameOf);
  // Of so few as a table has, sooner than by a set of them.
  if (names.every((name, at) => names.indexOf(name) === at)) return null;
  const places = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const first = places.get(name);
    if (first === undefined) places.set(name, at);
    else meet(first, at);
  }
  return [...places.values()];
}

function pick<Each>(list: readonly Each[], places: readonly number[] | null): readonly Each[] {
  return places === null ? list : places.map((at) => list[at] as Each);
}
