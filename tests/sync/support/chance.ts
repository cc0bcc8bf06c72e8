// Chance from a seed: the same seed, the same course of events (D21).

export interface Chance {
  /** From 0 to just below 1. */
  next(): number;
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
  bytes(count: number): Uint8Array;
}

/** A small linear congruential generator; its upper bits are even enough for tests. */
export function chanceFrom(seed: number): Chance {
  let state = BigInt(seed * 2 + 1);
  const next = () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) / 2 ** 31;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}
