// One model with everything that hangs on it.
import {
  type Address,
  addressOf,
  type CatalogObject,
  cutIdentifier,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { readColumn } from './column.ts';
import { readIndex } from './index-keys.ts';
import { readForeignKey, readPrimaryKey, readUniqueKeys } from './keys.ts';
import type { Model } from './orm.ts';
import type { Owner, Told } from './told.ts';

export interface ReadModel {
  readonly told: readonly Told[];
  readonly silence: readonly Silence[];
  /** False when the model names its table without a schema. */
  readonly qualified: boolean;
}

const unnamed = 'Sequelize calls the type after table and column, and no statement of the code names it';

/** Throws ShipshapeError (`models-unreadable`) with the part of the model that throws. */
export function readModel(model: Model): ReadModel {
  const name = model.getTableName() as string | { tableName: string; schema?: string };
  const place = typeof name === 'string' ? { tableName: name, schema: undefined } : name;
  const owner: Owner = {
    schema: place.schema ?? 'public',
    table: cutIdentifier(place.tableName),
    fullName: place.tableName,
    model,
  };
  const table = { kind: 'table', schema: owner.schema, name: owner.table } as const;
  const where = `${renderAddress(table)} (model ${model.name})`;
  const entries = Object.entries(model.tableAttributes);
  const columns = entries.map(([key, attribute]) => ({
    key,
    attribute,
    ...attempt(`attribute ${key}`, where, () => readColumn(owner, key, attribute)),
  }));
  const primary = readPrimaryKey(owner, entries);
  const tell = (object: CatalogObject, attribute: string | null): Told => ({ object, model, attribute });
  return {
    qualified: place.schema !== undefined,
    told: [
      tell(table, null),
      ...columns.flatMap(({ column, ownEnum, key }) => [
        ...(ownEnum === null ? [] : [tell(ownEnum, key)]),
        tell(column, key),
      ]),
      ...(primary === null ? [] : [primary]),
      ...readUniqueKeys(owner, entries, primary),
      ...entries.flatMap((entry) => readForeignKey(owner, entry) ?? []),
      ...model._indexes.map((index) =>
        attempt(`index ${index.name}`, where, () => readIndex(owner, model.tableAttributes, index)),
      ),
      ...comment(table, model.options.comment, null),
      ...columns.flatMap(({ column, attribute, key }) => comment(addressOf(column), attribute.comment, key)),
    ],
    silence: columns.flatMap(({ column, ownEnum, silent }) => [
      ...Object.entries(silent).map(([aspect, because]) => ({
        address: renderAddressKey(addressOf(column)),
        aspect,
        because,
      })),
      // An array is cast to its type by name.
      ...(ownEnum === null || column.type.endsWith('[]')
        ? []
        : [{ address: renderAddressKey(addressOf(ownEnum)), aspect: 'name', because: unnamed }]),
    ]),
  };

  function comment(on: Address, text: unknown, key: string | null): readonly Told[] {
    if (typeof text !== 'string' || text === '' || 'on' in on) return [];
    return [tell({ kind: 'comment', on, text }, key)];
  }
}

function attempt<Value>(part: string, at: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ShipshapeError([makeFinding('models-unreadable', { part, at, message })], { cause: error });
  }
}
