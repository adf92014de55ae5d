// Places: what the rows of a reading call things, by catalogue and oid, so that what is said about them finds them.
import type { ThingAddress } from '../../catalog/index.ts';

/** Where a thing is by the catalogue that its row is in (`pg_class`), its oid, and the number of a column or 0. */
export class Places {
  readonly #addresses = new Map<string, ThingAddress>();

  add(catalogue: string, oid: string, address: ThingAddress, column = 0): void {
    this.#addresses.set(`${catalogue} ${oid} ${column}`, address);
  }

  /** Undefined for what was not read, or is no thing of its own. */
  find(catalogue: string, oid: string, column: number): ThingAddress | undefined {
    return this.#addresses.get(`${catalogue} ${oid} ${column}`);
  }
}
