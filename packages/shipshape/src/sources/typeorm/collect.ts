// makeCollection: what several entities and data sources tell, each address once.
import {
  addressOf,
  type CatalogObject,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Site, Told } from './told.ts';

export interface Collection {
  readonly told: readonly Told[];
  readonly silence: readonly Silence[];
  readonly unqualified: ReadonlySet<string>;
  /** Gives the address key. Throws ShipshapeError (`models-clash`) where it was told otherwise before. */
  tell(object: CatalogObject, sites: readonly Site[]): string;
  silent(silence: Silence): void;
  leaveUnqualified(key: string): void;
}

export function makeCollection(): Collection {
  const told = new Map<string, Told>();
  const silence = new Map<string, Silence>();
  const unqualified = new Set<string>();
  return {
    get told() {
      return [...told.values()];
    },
    get silence() {
      return [...silence.values()];
    },
    unqualified,
    tell(object, sites) {
      const address = addressOf(object);
      const key = renderAddressKey(address);
      const other = told.get(key);
      if (other === undefined) told.set(key, { object, sites });
      // Two entities may share a table, and need not both comment on it.
      else if (object.kind !== 'comment' && JSON.stringify(other.object) !== JSON.stringify(object)) {
        const data = { what: renderAddress(address), first: nameOf(other.sites), second: nameOf(sites) };
        throw new ShipshapeError([makeFinding('models-clash', data, { address })]);
      }
      return key;
    },
    silent: (each) => silence.set(`${each.aspect} of ${each.address}`, each),
    leaveUnqualified: (key) => unqualified.add(key),
  };
}

/** `User.email`, as the code names it. */
function nameOf([site]: readonly Site[]): string {
  if (site === undefined) return 'the data source';
  const { target, property } = site;
  return [typeof target === 'function' ? target.name : String(target), ...property].join('.');
}
