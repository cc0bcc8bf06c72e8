// Chance from a seed: the same seed, the same course of events (D21).

export interface Chance {
  /** From 0 to just below 1. */
  next(): number;
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
  bytes(count: number): Uint8Array;
}

/** A small generator of 32 bits (Weyl sequence and mixing); even enough for tests. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed * 2 + 1, 0x9e3779b1);
  const word = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => word() / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => word() & 0xff),
  };
}
