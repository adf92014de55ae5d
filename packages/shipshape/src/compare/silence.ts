// What is never compared, because one side cannot say it.
import { type Address, holdersOf, type Kind, renderAddressKey, type Silence } from '../catalog/index.ts';

/** `aspect` is an aspect's name, `existence`, or `unexpected`. */
export interface Silences {
  /** Silent when any of the addresses, its kind, or its kind in what holds it, is. */
  covers(addresses: readonly Address[], aspect: string): boolean;
  /** Silent for everything of a kind. */
  coversKind(kind: Kind, aspect: string): boolean;
  /** Why, where it is silent. */
  reasonOf(address: Address, aspect: string): string | null;
}

export function makeSilences(silence: readonly Silence[]): Silences {
  const reasons = new Map(silence.map((each) => [keyOf(each.address, each.aspect), each.because]));
  const inHolders = silence.some(({ address }) => address.includes(' in '));
  const coversKind = (kind: Kind, aspect: string) => reasons.size > 0 && reasons.has(keyOf(kind, aspect));
  const reasonOf = (address: Address, aspect: string): string | null => {
    const places = [
      address.kind,
      renderAddressKey(address),
      ...(inHolders ? holdersOf(address).map((holder) => silentIn(address.kind, holder)) : []),
    ];
    const place = places.find((each) => reasons.has(keyOf(each, aspect)));
    return place === undefined ? null : (reasons.get(keyOf(place, aspect)) ?? null);
  };
  return {
    coversKind,
    reasonOf,
    covers: (addresses, aspect) =>
      reasons.size > 0 &&
      addresses.some((address) => coversKind(address.kind, aspect) || reasonOf(address, aspect) !== null),
  };
}

/** `Silence.address` for everything of a kind in one table or view. */
export function silentIn(kind: Kind, holderKey: string): string {
  return `${kind} in ${holderKey}`;
}

function keyOf(address: string, aspect: string): string {
  return JSON.stringify([address, aspect]);
}
