// What is never compared, because one side cannot say it.
import { type Address, type Kind, renderAddressKey, type Silence } from '../catalog/index.ts';

/** `aspect` is an aspect's name, `existence`, or `unexpected`. */
export interface Silences {
  /** Silent when any of the addresses, or its kind, is. */
  covers(addresses: readonly Address[], aspect: string): boolean;
  /** Silent for everything of a kind. */
  coversKind(kind: Kind, aspect: string): boolean;
}

export function makeSilences(silence: readonly Silence[]): Silences {
  const silent = new Set(silence.map(({ address, aspect }) => JSON.stringify([address, aspect])));
  const has = (address: string, aspect: string) => silent.has(JSON.stringify([address, aspect]));
  const coversKind = (kind: Kind, aspect: string) => silent.size > 0 && has(kind, aspect);
  return {
    coversKind,
    covers: (addresses, aspect) =>
      silent.size > 0 &&
      addresses.some((address) => coversKind(address.kind, aspect) || has(renderAddressKey(address), aspect)),
  };
}
