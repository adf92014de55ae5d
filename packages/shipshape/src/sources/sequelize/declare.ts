// declareModels: what the models of some instances of Sequelize declare together.
import {
  type Address,
  addressOf,
  type CatalogObject,
  type Declaration,
  isConstraint,
  makeCatalog,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { readModel } from './model.ts';
import type { Model } from './orm.ts';
import { silences } from './silence.ts';
import type { Told } from './told.ts';

export interface Declared extends Omit<Declaration, 'origin'> {
  readonly placed: readonly Told[];
}

/** Throws ShipshapeError (`models-clash`, `models-unreadable`). */
export function declareModels(models: readonly Model[]): Declared {
  const placed = new Map<string, Told>();
  const silence = new Map<string, Silence>();
  const unqualified = new Set<string>();
  for (const each of silences) keepSilence(each);
  for (const model of models) {
    const { told, silence: silent, qualified } = readModel(model);
    for (const one of told) {
      const { object } = one;
      if (object.kind === 'table')
        place({ object: { kind: 'schema', schema: object.schema }, model, attribute: null });
      if (!qualified && (object.kind === 'table' || object.kind === 'enum')) unqualified.add(keyOf(object));
      place(one);
    }
    silent.forEach(keepSilence);
  }
  return {
    catalog: makeCatalog([...placed.values()].map(({ object }) => object)),
    placed: [...placed.values()],
    silence: [...silence.values()],
    unqualified: [...unqualified].sort(),
  };

  function keepSilence(each: Silence): void {
    const key = `${each.address}#${each.aspect}`;
    if (!silence.has(key)) silence.set(key, each);
  }

  /** Two models may map one table, each as much of it as it uses; where both speak they must agree. */
  function place(one: Told): void {
    const other = placed.get(keyOf(one.object));
    if (other === undefined) placed.set(keyOf(one.object), one);
    else if (JSON.stringify(other.object) !== JSON.stringify(one.object)) {
      if (!isConstraint(one.object) || one.object.kind === 'primary key')
        throw clash(addressOf(one.object), other, one);
      place({ ...one, object: renumber(one.object) });
    }
  }
}

/** As PostgreSQL tells apart constraints that would get one name. */
function renumber<Object extends CatalogObject & { readonly name: string }>(object: Object): Object {
  const [, stem = '', number = '0'] = /^(.*?)(\d*)$/.exec(object.name) ?? [];
  return { ...object, name: `${stem}${Number(number) + 1}` };
}

function clash(address: Address, first: Told, second: Told): ShipshapeError {
  const data = { what: renderAddress(address), first: nameOf(first), second: nameOf(second) };
  return new ShipshapeError([makeFinding('models-clash', data, { address })]);
}

/** `User.email`, as the code names it. */
function nameOf({ model, attribute }: Told): string {
  return attribute === null ? `model ${model.name}` : `${model.name}.${attribute}`;
}

function keyOf(object: CatalogObject): string {
  return renderAddressKey(addressOf(object));
}
