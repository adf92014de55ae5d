// What is never compared, because one side cannot say it.
import { type Address, renderAddressKey, type Silence } from '../catalog/index.ts';

/** `aspect` is an aspect's name or `existence`; silent when any of the addresses, or its kind, is. */
export type IsSilent = (addresses: readonly Address[], aspect: string) => boolean;

export function makeSilenceTest(silence: readonly Silence[]): IsSilent {
  const silent = new Set(silence.map(({ address, aspect }) => JSON.stringify([address, aspect])));
  if (silent.size === 0) return () => false;
  const has = (address: string, aspect: string) => silent.has(JSON.stringify([address, aspect]));
  return (addresses, aspect) =>
    addresses.some((address) => has(address.kind, aspect) || has(renderAddressKey(address), aspect));
}
