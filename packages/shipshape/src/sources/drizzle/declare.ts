// declareModels: what a set of drizzle modules declares.
import type { PgEnum } from 'drizzle-orm/pg-core';
import {
  type Address,
  addressOf,
  type CatalogObject,
  cutIdentifier,
  type Declaration,
  makeCatalogByKey,
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
  const placed = new Map<string, Placed>();
  const objects = new Map<string, CatalogObject>();
  const silence: Silence[] = [...silences];
  const unqualified = new Set<string>();

  for (const found of exported.schemas) placeSchema(found.value.schemaName, found);
  for (const found of exported.enums) placeEnum(found.value, found, tableMark);
  for (const found of exported.tables) {
    const table = readTable(dialect, found.value);
    for (const { source, mark } of table.enums) placeEnum(source, found, mark);
    for (const { object, mark } of table.told) {
      if (object.kind === 'table') {
        placeSchema(object.schema, null);
        if (!table.qualified) unqualified.add(keyOf(object));
      }
      place({ object, found, mark });
    }
    silence.push(...table.silence);
  }
  for (const found of exported.sequences) {
    const sequence = readSequence(found.value);
    placeSchema(sequence.schema, null);
    place({ object: sequence, found, mark: tableMark });
  }
  for (const found of exported.policies) {
    const table = linkedTable(found.value);
    if (table === undefined) continue;
    const { schema = 'public', name } = dialect.orm.pg.getTableConfig(table);
    const { object } = readPolicy(dialect, { schema, table: cutIdentifier(name) }, found.value);
    place({ object, found, mark: tableMark });
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
    catalog: makeCatalogByKey(objects),
    placed: [...placed.values()],
    silence,
    unqualified: [...unqualified].sort(),
  };

  function place(one: Placed): void {
    const key = keyOf(one.object);
    const other = placed.get(key);
    if (other === undefined) {
      placed.set(key, one);
      objects.set(key, one.object);
      return;
    }
    // Two tables are never one, however alike: their columns belong to different objects of the code.
    const isOne = one.object.kind !== 'table' && JSON.stringify(other.object) === JSON.stringify(one.object);
    if (!isOne) throw clash(addressOf(one.object), other, one);
  }

  function placeSchema(schema: string, found: Found<unknown> | null): void {
    place({ object: { kind: 'schema', schema }, found, mark: tableMark });
  }

  function placeEnum(source: PgEnum<[string, ...string[]]>, found: Found<unknown>, mark: Mark): void {
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
    const keys = new Map<string, Placed>();
    for (const one of placed.values()) {
      if (one.object.kind !== 'primary key') continue;
      const { schema, table } = one.object;
      const address = { kind: 'table', schema, name: table } as const;
      const other = keys.get(renderAddressKey(address));
      if (other !== undefined) throw clash(address, other, one, 'the primary key of ');
      keys.set(renderAddressKey(address), one);
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
