// What is never compared, because one side cannot say it.
import {
  type Address,
  holdersOf,
  type Kind,
  kinds,
  renderAddressKey,
  type Silence,
} from '../catalog/index.ts';

/** `aspect` is an aspect's name, `existence`, or `unexpected`. */
export interface Silences {
  /** Silent when any of the addresses, its kind, or its kind in what holds it, is. */
  covers(addresses: readonly Address[], aspect: string): boolean;
  /** Whether anything is silent about it. */
  areAbout(aspect: string): boolean;
  /** Silent for everything of a kind. */
  coversKind(kind: Kind, aspect: string): boolean;
  /** Why, where it is silent. */
  reasonOf(address: Address, aspect: string): string | null;
}

/** The silences about one aspect. */
interface OfAspect {
  /** Why, by address key, kind, or kind in a holder. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Some are about less than a whole kind. */
  readonly inDetail: boolean;
  readonly inHolders: boolean;
}

export function makeSilences(silence: readonly Silence[]): Silences {
  const aspects = groupByAspect(silence);
  const reasonIn = (of: OfAspect, address: Address): string | null => {
    const ofKind = of.reasons.get(address.kind);
    if (ofKind !== undefined || !of.inDetail) return ofKind ?? null;
    const ofThing = of.reasons.get(renderAddressKey(address));
    return ofThing ?? (of.inHolders ? reasonInHolder(of, address) : null);
  };
  return {
    areAbout: (aspect) => aspects.has(aspect),
    coversKind: (kind, aspect) => aspects.get(aspect)?.reasons.has(kind) === true,
    reasonOf(address, aspect) {
      const of = aspects.get(aspect);
      return of === undefined ? null : reasonIn(of, address);
    },
    covers(addresses, aspect) {
      const of = aspects.get(aspect);
      return of !== undefined && addresses.some((address) => reasonIn(of, address) !== null);
    },
  };
}

function reasonInHolder({ reasons }: OfAspect, address: Address): string | null {
  const holder = holdersOf(address).find((each) => reasons.has(silentIn(address.kind, each)));
  return holder === undefined ? null : (reasons.get(silentIn(address.kind, holder)) ?? null);
}

function groupByAspect(silence: readonly Silence[]): ReadonlyMap<string, OfAspect> {
  const known: ReadonlySet<string> = new Set(kinds);
  const groups = new Map<string, Silence[]>();
  for (const each of silence) {
    const others = groups.get(each.aspect);
    if (others === undefined) groups.set(each.aspect, [each]);
    else others.push(each);
  }
  return new Map(
    [...groups].map(([aspect, own]) => [
      aspect,
      {
        reasons: new Map(own.map(({ address, because }) => [address, because])),
        inDetail: own.some(({ address }) => !known.has(address)),
        inHolders: own.some(({ address }) => address.includes(' in ')),
      },
    ]),
  );
}

/** `Silence.address` for everything of a kind in one table or view. */
export function silentIn(kind: Kind, holderKey: string): string {
  return `${kind} in ${holderKey}`;
}
