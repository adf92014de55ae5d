// Found: the things of a reading, by what the catalogues call them.
import type { CatalogObject } from '../../catalog/index.ts';

export class Found {
  readonly #things = new Map<string, Map<string, CatalogObject>>();

  /** `catalog`: `pg_class`. Gives the thing back. */
  put<Thing extends CatalogObject>(catalog: string, oid: string, thing: Thing): Thing {
    const things = this.#things.get(catalog) ?? new Map<string, CatalogObject>();
    if (things.size === 0) this.#things.set(catalog, things);
    things.set(oid, thing);
    return thing;
  }

  /** With what each catalogue calls them: `pg_class`, its oid. */
  *entries(): Generator<readonly [catalog: string, oid: string, thing: CatalogObject]> {
    for (const [catalog, things] of this.#things)
      for (const [oid, thing] of things) yield [catalog, oid, thing];
  }

  find(catalog: string, oid: string): CatalogObject | undefined {
    return this.#things.get(catalog)?.get(oid);
  }
}
