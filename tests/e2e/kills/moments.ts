// When the battery falls out: in the middle of what, and how far into it.
import type { Chance } from "#tests/sync/support/chance.ts";

export const moments = ["opening", "typing", "saving", "writing", "sending", "taking"] as const;
export type Moment = (typeof moments)[number];

/** How many of a hundred kills are meant for each. */
const shares: Readonly<Record<Moment, number>> = {
  opening: 6,
  typing: 18,
  saving: 20,
  writing: 26,
  sending: 16,
  taking: 14,
};

/** So many moments of all kinds in an order of chance. */
export function momentsOf(count: number, chance: Chance): readonly Moment[] {
  const all = moments.flatMap((moment) =>
    Array.from({ length: Math.max(1, Math.round((shares[moment] * count) / 100)) }, () => moment),
  );
  return all
    .map((moment) => ({ moment, place: chance.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ moment }) => moment)
    .slice(0, count);
}

export const networks = ["pass", "slow", "none"] as const;
export type NetworkKind = (typeof networks)[number];

/** Half of the time it is good; what is meant to fall into an exchange needs one that answers. */
export function networkOf(moment: Moment, chance: Chance): NetworkKind {
  const kind = chance.pick(["pass", "pass", "slow", "none"] as const);
  return kind === "none" && (moment === "sending" || moment === "taking") ? "slow" : kind;
}
