// Every device comes to the same standing of a case, and sees where two people went different ways.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingOf } from "#src/domain/case-file/axis.ts";

type State = "received" | "facility" | "community" | "closed";
interface Event {
  readonly id: string;
  readonly createdAt: string;
  readonly effectiveOn: string;
  readonly from?: State;
  readonly to: State;
}
const at = (
  id: string,
  day: number,
  from: State | undefined,
  to: State,
  createdAt = "2026-05-01T00:00:00.000Z",
): Event => ({
  id,
  createdAt,
  effectiveOn: `2026-03-${String(day).padStart(2, "0")}`,
  ...(from === undefined ? {} : { from }),
  to,
});
const standing = (events: readonly Event[]) => standingOf<State, Event>(events, "received");
const state = fc.constantFrom<State>("received", "facility", "community", "closed");
const histories = fc.uniqueArray(
  fc
    .tuple(
      fc.uuid(),
      fc.integer({ min: 1, max: 4 }),
      fc.option(state, { nil: undefined }),
      state,
      fc.constantFrom("2026-05-01T00:00:00.000Z", "2026-05-02T00:00:00.000Z"),
    )
    .map(([id, day, from, to, created]) => at(id, day, from, to, created)),
  { selector: (event) => event.id, maxLength: 10 },
);

describe("the standing of a case", () => {
  it("is where the last effective event led, whatever came in first", () => {
    const early = at("b", 2, "received", "facility");
    const late = at("a", 9, "facility", "community");
    expect(standing([late, at("c", 1, undefined, "received"), early])).toMatchObject({ at: "community", since: late, forks: [] });
  });

  it("does not depend on the order of arrival", () => {
    const shuffled = histories.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, arrived]) => {
        expect(standing(arrived)).toEqual(standing(all));
        expect(standing(all).path).toHaveLength(all.length);
      }),
      { numRuns: 500 },
    );
  });

  it("shows a fork exactly where an event does not start from where the one before it led", () => {
    fc.assert(
      fc.property(histories, (events) => {
        const { path, forks } = standing(events);
        const expected = path.filter((event, index) => {
          const before = path[index - 1]?.to ?? "received";
          return event.from === undefined ? index > 0 : event.from !== before;
        });
        expect(forks).toEqual(expected);
      }),
    );
  });

  it("shows two people who went on from the same place on the same day", () => {
    const one = at("a", 3, "received", "facility");
    const other = at("b", 3, "received", "community");
    expect(standing([other, one])).toMatchObject({ at: "community", forks: [other] });
  });

  it("breaks ties by when an event was made, then by its id", () => {
    const sooner = at("z", 3, "received", "closed", "2026-05-01T00:00:00.000Z");
    const later = at("a", 3, "received", "facility", "2026-05-01T00:00:00.001Z");
    expect(standing([later, sooner]).at).toBe("facility");
    expect(standing([at("b", 3, "received", "closed"), at("a", 3, "received", "facility")]).at).toBe("closed");
  });

  it("is the start where nothing happened", () => {
    expect(standing([])).toEqual({ at: "received", since: undefined, path: [], forks: [] });
  });
}); // prettier-ignore
