// KindRule: what the walk needs to know about one kind of thing.
import type { CatalogObject } from '../catalog/index.ts';

export interface Aspect<Object extends CatalogObject = CatalogObject> {
  readonly name: string;
  /** As text for people; null where there is none. */
  readonly read: (object: Object) => string | null;
  /** Two things of one table that agree in all identifying aspects are the same thing, changed. */
  readonly identifying?: true;
  /** Told only when this other aspect agrees, since a difference there changes both. */
  readonly after?: string;
  /** Whether the server prints it from what it has understood, which another major version may do otherwise. */
  readonly printed?: (object: Object) => boolean;
}

export interface KindRule<Object extends CatalogObject = CatalogObject> {
  /**
   * `name`: two things are the same when their names are. `structure`: the name is a matter of taste (and cut at 63
   * bytes), so things of the same table with the same aspects are the same.
   */
  readonly identity: 'name' | 'structure';
  readonly aspects: readonly Aspect<Object>[];
  /** The thing as it might have been told by another source, or the thing itself. */
  readonly plainest?: (object: Object) => CatalogObject;
  /** The kinds as which another source may tell the same: the inverse of `plainest`. */
  readonly alsoToldAs?: readonly CatalogObject['kind'][];
  /** A missing one and an unexpected one beside it may be one that was renamed. */
  readonly renameable?: true;
}

export type OfKind<K extends CatalogObject['kind']> = Extract<CatalogObject, { kind: K }>;
export type RuleTable<K extends CatalogObject['kind']> = { readonly [Each in K]: KindRule<OfKind<Each>> };
