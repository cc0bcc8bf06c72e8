// What a device may send of a record after the centre lost a part of it: every author's device its own, until all is there.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { changesBetween } from "#src/domain/record/history.ts";
import { newId } from "#src/domain/record/ids.ts";
import { definitions } from "#src/domain/records/index.ts";
import type { Case } from "#src/domain/records/case.ts";
import type { Row } from "#src/storage/replica.ts";
import { meet } from "#src/sync/meet.ts";
import { merged } from "#src/sync/merged.ts";
import { offered } from "#src/sync/offer.ts";
import { chanceFrom } from "./support/chance.ts";

const database = "s-vn-gso-20194";
const role = "supervisor@vn-gso-48";
const security = { members: { roles: [role] } };
const authors = ["an", "binh", "lan"] as const;
const start = Date.parse("2026-11-22T08:00:00.000Z");
const instant = (minute: number) => new Date(start + minute * 60_000).toISOString();
const chance = chanceFrom(77);
const id = () => newId((count) => chance.bytes(count));

const first: Case = {
  type: "case",
  version: 1,
  id: id(),
  createdAt: instant(0),
  createdBy: "an",
  updatedAt: instant(0),
  updatedBy: "an",
  device: "device-of-an",
  deviceTime: instant(0),
  code: "HVG-26-7K3QXM-5",
  receivedAt: instant(0),
  riskLevel: "low",
};

function edited(record: Case, by: string, fields: Partial<Case>, minute: number): Case {
  const at = instant(minute);
  const next = { ...record, ...fields, updatedAt: at, updatedBy: by };
  const entries = changesBetween(definitions.case, record, next, () => ({
    id: id(),
    at,
    by,
    device: `device-of-${by}`,
  }));
  return entries.length === 0 ? record : { ...next, history: [...(record.history ?? []), ...entries] };
}

const change = fc.record({
  by: fc.constantFrom(...authors),
  fields: fc.record(
    {
      owner: fc.constantFrom("an", "binh", "lan"),
      riskLevel: fc.constantFrom("low", "medium", "high"),
      code: fc.constantFrom("HVG-26-7K3QXM-5", "HVG-26-000001-1", "HVG-26-000002-2"),
    },
    { requiredKeys: [] },
  ),
});
/** The record after each change, from the first on. */
const lives = fc
  .array(change, { maxLength: 8 })
  .map((changes) =>
    changes.reduce<Case[]>(
      (life, { by, fields }, index) => [
        ...life,
        edited(life.at(-1)!, by, Object.fromEntries(Object.entries(fields)), index + 1),
      ],
      [first],
    ),
  );

/** Devices that hold all of it send what they may, in turn, until nobody has more. Returns what the centre has then. */
function sentAgain(whole: Case, atCentre: Case | undefined) {
  let centre: Row["record"] | undefined = atCentre;
  let writes = 0;
  for (let quiet = 0; quiet < authors.length;) {
    for (const name of authors) {
      const author = { name, newId: id };
      const row: Row = {
        database,
        record: whole,
        sync: { state: "local" },
        arrivedAt: instant(0),
        ...(centre ? { rev: "1-a", base: centre } : { base: whole }),
      };
      const here = centre ? merged(whole, centre, id) : undefined;
      const offer = here?.ok && here.value === centre ? undefined : offered(row, author);
      quiet = offer ? 0 : quiet + 1;
      if (!offer) continue;
      const document = { ...offer, _id: offer.id };
      const before = centre ? { ...centre, _id: centre.id } : null;
      const user = { db: database, name, roles: [role] };
      recordRule(document, before, user, security, ruleTable, Date.parse(instant(60)));
      centre = offer;
      writes += 1;
      expect(writes).toBeLessThan(50);
    }
  }
  return centre;
}

describe("what the centre lost", () => {
  it("comes back whole from the devices of its authors, in steps that the rule accepts", () => {
    fc.assert(
      fc.property(lives, fc.nat(), fc.boolean(), (life, at, all) => {
        const whole = life.at(-1)!;
        const centre = sentAgain(whole, all ? undefined : life[at % life.length]);
        expect(centre && meet({ ...whole, updatedBy: "an" }, { ...centre, updatedBy: "an" })).toBe("same");
      }),
      { numRuns: 300 },
    );
  });

  it("by somebody else alone is not sent at all", () => {
    const whole = edited(first, "binh", { owner: "binh" }, 1);
    const row: Row = {
      database,
      record: whole,
      sync: { state: "local" },
      arrivedAt: instant(0),
      base: whole,
    };
    const author = { name: "lan", newId: id };
    expect(offered(row, author)).toBeUndefined();
    expect(offered({ ...row, rev: "1-a", base: first }, author)).toBeUndefined();
  });

  it.each([
    ["a part", first],
    ["all", undefined],
  ])(
    "of two devices of one person (%s), neither knowing of the other, is sent one word after the other",
    (_what, left) => {
      const here = edited(first, "an", { owner: "an" }, 1);
      const there = edited(first, "an", { owner: "binh" }, 2);
      const both = merged(here, there, id);
      const whole = both.ok
        ? edited({ ...first, ...both.value } as Case, "an", { riskLevel: "high" }, 3)
        : first;
      const centre = sentAgain(whole, left);
      expect(centre && meet(whole, centre)).toBe("same");
    },
  );

  it("is said anew where another answer of an open clash stands there than here", () => {
    const here = edited(first, "an", { owner: "an" }, 1);
    const there = edited(first, "an", { owner: "binh" }, 2);
    const after = edited(there, "an", { owner: "lan" }, 3);
    const [known, ground] = [merged(here, there, id), merged(there, here, id)];
    if (!known.ok || !ground.ok) throw new Error("they do not merge");
    const whole = merged(after, known.value, id);
    if (!whole.ok) throw new Error("they do not merge");
    // As versions of the app merged that kept an answer which its own author had given up.
    const held: Case = { ...first, history: whole.value.history ?? [], owner: "binh" };
    expect(ground.value).toMatchObject({ owner: "an" });
    const centre = sentAgain(held, { ...first, history: ground.value.history ?? [], owner: "an" });
    expect(centre).toMatchObject({ owner: "lan" });
    expect(centre?.history).toHaveLength(3);
  });

  it("of a type or a version that is not known here stays as it is", () => {
    const other = { ...edited(first, "binh", { owner: "binh" }, 1), type: "stay", version: 9 };
    const row: Row = {
      database,
      record: other,
      sync: { state: "local" },
      arrivedAt: instant(0),
      base: other,
    };
    expect(offered(row, { name: "an", newId: id })).toBeUndefined();
  });
});
