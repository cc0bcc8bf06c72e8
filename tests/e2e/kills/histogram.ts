// Where the kills of a campaign fell, as a table to read.
import type { Kill } from "#tests/e2e/kills/campaign.ts";
import { moments } from "#tests/e2e/kills/moments.ts";

const places = ["write", "push", "pull", "typing", "opening", "nothing"] as const;

/** One row for each moment that was meant; a kill can fall into several things at once. */
export function histogramOf(kills: readonly Kill[]): string {
  const count = (struck: readonly Kill[], place: (typeof places)[number]) =>
    struck.filter(({ fell }) => (place === "nothing" ? fell.length === 0 : fell.includes(place))).length;
  const row = (name: string, struck: readonly Kill[]) =>
    [
      name.padEnd(8),
      String(struck.length).padStart(6),
      ...places.map((place) => String(count(struck, place)).padStart(9)),
    ].join("");
  return [
    ["meant   ", " kills", ...places.map((place) => place.padStart(9))].join(""),
    ...moments.map((moment) =>
      row(
        moment,
        kills.filter(({ meant }) => meant === moment),
      ),
    ),
    row("all", kills),
  ].join("\n");
}
