// Seeded random choices: the same seed makes the same choices in the same order.
import { createHash } from 'node:crypto';

export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number between both, inclusive. */
  readonly integer: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  /** A Twilio identifier: two letters and 32 hexadecimal digits. */
  readonly sid: (prefix: string) => string;
  readonly uuid: () => string;
}

/** mulberry32 (public domain, Tommy Ettinger): 32 bits of state are plenty for one call. */
export function makeRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  let drawn = 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  // Identifiers come from a hash of the whole seed: 32 bits would repeat among some ten thousand calls.
  const hex = (): string => createHash('sha256').update(`${seed}/${drawn++}`).digest('hex').slice(0, 32);
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[integer(0, choices.length - 1)] as (typeof choices)[number],
    sid: (prefix) => prefix + hex(),
    uuid: () => hex().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5'),
  };
}
