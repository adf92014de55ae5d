// What an app's models declare, what they cannot say, and where they say it.
import type { Catalog } from './catalog.ts';

/** A place in the user's code: a path relative to the project, with a 1-based line. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/**
 * What a source cannot say, and which is therefore never compared. `address` is an address key, a kind for all of that
 * kind, or a kind in a table or view (`index in table public.t`); `aspect` is an aspect's name, `existence`, `unexpected`
 * (some of the kind can be said, and are missed when they are not there), of an enum `name` (its name follows from
 * where it is used), or, of a table or view, `kind` (which of them it is).
 */
export interface Silence {
  readonly address: string;
  readonly aspect: string;
  readonly because: string;
}

export interface Declaration {
  readonly catalog: Catalog;
  readonly silence: readonly Silence[];
  /** By address key. Empty where the code's text is not at hand (production). */
  readonly origin: Readonly<Record<string, Origin>>;
  /** Address keys of the tables and enums that the code names without a schema: `search_path` decides what they mean. */
  readonly unqualified: readonly string[];
  /** The major version of the server that has read it already and printed its expressions: nothing is left to elaborate. */
  readonly printed?: number;
  /** Gives the same with `origin`, where that was asked for on demand and takes reading the models' text. */
  readonly locate?: () => Promise<Declaration>;
  /** Where several sources were made one: what each of them said. */
  readonly parts?: readonly { readonly source: string; readonly declaration: Declaration }[];
}

export type OriginsWanted = boolean | 'on demand';

/**
 * `needed`: for who only makes a need of it. What none asks about (foreign keys, checks, indexes that are not unique,
 * policies) may be left out.
 */
export type Extent = 'whole' | 'needed';

/** One way of declaring tables (an ORM). Every folder of `sources/` exports one maker of this. */
export interface Source {
  /** `drizzle` */
  readonly name: string;
  /**
   * Reads the models. With `origins` the models' text is parsed as well, for `file:line`; `on demand` leaves that to
   * `locate`, where it is work of its own: a parser of TypeScript to load, for lines that only findings tell.
   * `extent`: `whole` when left out. Throws ShipshapeError when the models cannot be loaded.
   */
  declare(options: { readonly origins: OriginsWanted; readonly extent?: Extent }): Promise<Declaration>;
}
