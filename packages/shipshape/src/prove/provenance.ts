// Makers: which migration made what, told from things as they were before it and as they are after it.
import { addressKeyOf, type CatalogObject, type MigrationId, type Provenance } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';

type ByKey = ReadonlyMap<string, CatalogObject>;

export class Makers {
  /** By address key, then by provenance key. */
  readonly #makers = new Map<string, Map<string, MigrationId>>();

  constructor(from: Provenance = {}) {
    for (const [key, id] of Object.entries(from)) this.#put(addressKeyOf(key), key, id);
  }

  /** One more migration. By address key: what it may have changed; all else has to be as it was. */
  add(id: MigrationId, before: ByKey, after: ByKey): void {
    for (const key of before.keys()) if (!after.has(key)) this.#makers.delete(key);
    for (const [key, object] of after) {
      const previous = before.get(key);
      if (previous === undefined) this.#put(key, key, id);
      else for (const aspect of changedAspects(previous, object)) this.#put(key, `${key}#${aspect}`, id);
    }
  }

  get provenance(): Provenance {
    return Object.fromEntries([...this.#makers.values()].flatMap((own) => [...own]));
  }

  #put(addressKey: string, key: string, id: MigrationId): void {
    const own = this.#makers.get(addressKey) ?? new Map<string, MigrationId>();
    if (own.size === 0) this.#makers.set(addressKey, own);
    own.set(key, id);
  }
}

function changedAspects(before: CatalogObject, after: CatalogObject): readonly string[] {
  return aspectsOf(after.kind)
    .filter((aspect) => aspect.read(before) !== aspect.read(after))
    .map((aspect) => aspect.name);
}
