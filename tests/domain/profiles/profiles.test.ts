// Country profiles: every rule says where it was read and when, and speaks only of codes that exist.
import { describe, expect, it } from "vitest";
import { profiles } from "#src/domain/profiles/index.ts";
import type { Profile, Source } from "#src/domain/profiles/profile.ts";
import { precisionOf } from "#src/domain/record/dates.ts";
import { careStages, legalStatuses, needs, organisationKinds, services } from "#src/domain/records/code-lists.ts"; // prettier-ignore
import { definitions } from "#src/domain/records/index.ts";

function expectSource({ cited, readOn, standing }: Source): void {
  expect(cited.length).toBeGreaterThan(10);
  expect(precisionOf(readOn)).toBe("day");
  expect(["law", "verify", "ours"]).toContain(standing);
}
const all: readonly Profile[] = Object.values(profiles);

describe.each(all.map((profile) => [profile.country, profile] as const))("%s", (_, profile) => {
  it("gives a source and a date for every clock, for visits and for days off", () => {
    expect(profile.clocks.length).toBeGreaterThan(0);
    for (const clock of profile.clocks) {
      expectSource(clock.source);
      const lengths = [clock.days, clock.hours, clock.months].filter((length) => length !== undefined);
      expect(lengths, clock.name).toHaveLength(1);
      expect(lengths[0]).toBeGreaterThan(0);
      // The furthest first, and each a step nearer.
      expect([...new Set(clock.warnDays)].toSorted((a, b) => b - a)).toEqual(clock.warnDays);
      expect(Math.min(...clock.warnDays)).toBeGreaterThan(0);
    }
    expect(new Set(profile.clocks.map(({ name }) => name)).size).toBe(profile.clocks.length);
    expectSource(profile.visits.source);
    expectSource(profile.daysOff.source);
    expectSource(profile.transfers.source);
  });

  it("uses only codes of the lists", () => {
    for (const status of profile.legalStatuses) expect(legalStatuses.codes).toContain(status);
    for (const service of profile.services) expect(services.codes).toContain(service);
    for (const channel of profile.channels) expect(organisationKinds.codes).toContain(channel);
    for (const [need, service] of Object.entries(profile.serviceOfNeed)) {
      expect(needs.codes).toContain(need);
      expect(profile.services).toContain(service);
    }
    for (const { starts, ends } of profile.clocks) {
      expect(starts.on === "status" ? profile.legalStatuses : careStages.codes).toContain(starts.entering);
      for (const status of ends.status ?? []) expect(profile.legalStatuses).toContain(status);
    }
  });

  it("can be walked through: every status it uses is entered from another it uses", () => {
    const entered = new Set(["not_started"]);
    for (let round = 0; round < 10; round++)
      for (const { from, to } of definitions.status_event.transitions ?? [])
        if (profile.legalStatuses.some((status) => status === to) && from.some((state) => entered.has(state))) entered.add(to);
    expect([...entered].toSorted()).toEqual([...profile.legalStatuses].toSorted());
  }); // prettier-ignore

  it("counts days off that the calendar has", () => {
    for (const day of profile.daysOff.days)
      expect(precisionOf(day.length === 5 ? `2028-${day}` : day), day).toBe("day");
  });

  it("plans visits that come closer together the higher the risk", () => {
    const { everyDays, untilMonth, thenMonths } = profile.visits;
    expect([everyDays.high, everyDays.medium, everyDays.low]).toEqual([7, 14, 30]);
    expect([untilMonth, ...thenMonths]).toEqual([untilMonth, ...thenMonths].toSorted((a, b) => a - b));
  });
});

describe("the statutory terms of Vietnam", () => {
  it("are those of the page on the domain", () => {
    const terms = profiles.vn.clocks.map(({ name, days, hours, months, source }) => [name, hours ?? days ?? months, source.standing]);
    expect(terms).toEqual([
      ["notify", 24, "ours"],
      ["verify", 3, "law"],
      ["identify", 20, "verify"],
      ["identifyExtended", 2, "verify"],
      ["plan", 14, "ours"],
      ["stay", 120, "law"],
      ["decideClosure", 7, "ours"],
    ]);
  });

  it("and Indonesia has none", () => {
    for (const { source } of profiles.id.clocks) expect(source.standing).toBe("ours");
  });
}); // prettier-ignore
