// Difference: one way in which two catalogs disagree.
import type { Address, CatalogObject } from '../catalog/index.ts';

/**
 * `missing`: in `left`, not in `right`. `unexpected`: in `right` only. `unequal`: in both, with one aspect that
 * differs. A thing whose parent is missing or unexpected is not told again by itself.
 */
export type Difference =
  | {
      readonly kind: 'missing';
      readonly address: Address;
      readonly left: CatalogObject;
      readonly renamedTo?: Address;
    }
  | { readonly kind: 'unexpected'; readonly address: Address; readonly right: CatalogObject }
  | {
      readonly kind: 'unequal';
      readonly address: Address;
      /** Where `right` has it: another name (or `index` for `unique key`) when structure made them one. */
      readonly rightAddress: Address;
      readonly aspect: string;
      /** The aspect's two values as text, for people; null where there is none. */
      readonly left: string | null;
      readonly right: string | null;
    };
