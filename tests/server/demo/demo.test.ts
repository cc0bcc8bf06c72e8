// The demos: what they hold, that it could have been written by the product, and that its days follow the calendar.
import { describe, expect, it } from "vitest";
import { caseFileOf } from "#src/domain/case-file/case-file.ts";
import { checkRecord } from "#src/domain/record/check.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import { careStages } from "#src/domain/records/code-lists.ts";
import { memberRoles, staff } from "#src/domain/roles.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { demos } from "#server/demo/demo.ts";
import { recordsInMemory } from "#server/demo/memory.ts";
import { demoRecords } from "#server/demo/seed.ts";
import { seededBytes } from "#server/demo/seeded-bytes.ts";
import { storyteller } from "#server/demo/storyteller.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";

const days = ["2026-11-22T08:00:00.000Z", "2027-03-01T17:30:00.000Z", "2028-02-29T23:59:59.000Z"];
const profiles = { vn: "given names follow Mẫu", id: "names end in Contoh" };

describe.each(["vn", "id"] as const)("the demo of %s", (country) => {
  const { plan, passwords, tell } = demos[country];

  const story = (at: string) => {
    const told = storyteller(plan, { at: Date.parse(at), randomBytes: seededBytes("seed") });
    tell(told.tell);
    return told.written;
  };

  it.each(days)("on %s is what its authors could have written, one write after another", (at) => {
    for (const { database, record, previous, author } of story(at)) {
      expect(checkRecord(database, record, previous), record.type).toEqual([]);
      const account = plan.accounts.find(({ name }) => name === author);
      const site = plan.sites.find(({ id }) => database.endsWith(id));
      if (site === undefined) throw new Error(`No site has ${database}.`);
      const kind = database.startsWith("s-") ? "site" : "identity";
      const asDocument = (given: typeof record) => ({ ...JSON.parse(JSON.stringify(given)), _id: given.id });
      recordRule(
        asDocument(record),
        previous === undefined ? null : asDocument(previous),
        { db: database, name: author, roles: [...(account?.roles ?? []), staff] },
        { members: { roles: memberRoles(kind, site) }, admins: { roles: ["_admin"] } },
        ruleTable,
        Date.parse(at),
      );
    }
  });

  const files = (at: string) => {
    const memory = recordsInMemory();
    for (const change of story(at)) memory.put(change);
    for (const { id, names, ...more } of plan.sites) {
      const stamps = { version: 1, createdAt: at, createdBy: "x", device: "x", deviceTime: at };
      const record = { ...stamps, type: "site", id: `site:${id}`, siteId: id, names, ...more };
      memory.put({ database: "directory", record });
    }
    return memory.read.list("case").map((entry) => caseFileOf(memory.read, entry));
  };

  it.each(days)("on %s shows every stage, open flags, and tasks overdue and to come", (at) => {
    const all = files(at);
    expect(all.length).toBeGreaterThanOrEqual(12);
    expect(all.length).toBeLessThanOrEqual(15);
    expect(new Set(all.map(({ stage }) => stage.at))).toEqual(new Set(careStages.codes));
    expect(new Set(all.map(({ status }) => status.at)).size).toBeGreaterThanOrEqual(5);
    expect(all.every(({ stage, status }) => stage.forks.length === 0 && status.forks.length === 0)).toBe(
      true,
    );
    expect(all.some(({ openFlags }) => openFlags.length > 0)).toBe(true);
    const tasks = all.flatMap((file) => tasksOf(file, Date.parse(at)));
    const nearness = (kind: string) =>
      new Set(tasks.flatMap((task) => (task.kind === kind && task.kind !== "urgent" ? [task.nearness] : [])));
    expect([...nearness("clock")]).toEqual(expect.arrayContaining(["overdue"]));
    expect([...nearness("visit")]).toEqual(expect.arrayContaining(["overdue", "later"]));
  });

  it("has one person without a name, a minor with a parent, non-answers, a withdrawal and a voided remark", () => {
    const all = files(days[0]!);
    const nameless = all.filter((file) => file.case.person === undefined);
    expect(nameless).toHaveLength(1);
    expect(nameless[0]?.consents.map(({ decision }) => decision)).toEqual(["refused"]);
    const child = all.find((file) => file.case.accompanies !== undefined);
    expect(all.some((file) => file.case.id === child?.case.accompanies)).toBe(true);
    const reasons = new Set(story(days[0]!).flatMap(({ record }) => Object.values(record.unanswered ?? {})));
    expect(reasons).toEqual(new Set(["declined", "later", "unknown"]));
    expect(all.some(({ consents }) => consents.some(({ decision }) => decision === "withdrawn"))).toBe(true);
    expect(all.some(({ voided }) => voided.size > 0)).toBe(true);
  });

  it(`has made-up people only: ${profiles[country]}`, () => {
    const marker = country === "vn" ? /^\S+ Mẫu \S+$/ : /^\S+ Contoh$/;
    const people = story(days[0]!).filter(({ record }) => record.type === "person");
    for (const { record } of people) expect(Reflect.get(record, "displayName")).toMatch(marker);
    expect(new Set(people.map(({ record }) => Reflect.get(record, "displayName"))).size).toBe(people.length);
  });

  it("has cases at every place of work, and gives everybody a phrase of their own", () => {
    const records = demoRecords(country, { at: days[0]!, seed: "seed" });
    for (const { id, kind } of plan.sites) expect(records.has(siteDatabase(id)), id).toBe(kind !== "office");
    const phrases = plan.accounts.map(({ name }) => Reflect.get(passwords, name));
    expect(new Set(phrases).size).toBe(phrases.length);
    for (const phrase of phrases) expect(phrase).toMatch(/^[a-z ]{12,}$/);
  });

  it("moves with the calendar, and is the same for the same seed", () => {
    const [first, second] = [days[0]!, days[1]!];
    expect(demoRecords(country, { at: first, seed: "a" })).toEqual(
      demoRecords(country, { at: first, seed: "a" }),
    );
    const received = (at: string) =>
      files(at)
        .map((file) => localDate(file.case.receivedAt, "Asia/Jakarta"))
        .toSorted()
        .at(-1);
    expect(received(first)).toBe("2026-11-22");
    expect(received(second)).toBe("2027-03-01");
  });
});
