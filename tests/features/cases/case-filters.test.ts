// The filters of the list of cases: from the address, onto cases; and in which order they come.
import { describe, expect, it } from "vitest";
import { allCases } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordUrgentAction } from "#src/domain/commands/record-urgent-action.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { matches, readFilters, withFilter } from "#src/features/cases/case-filters.ts";
import { arrives, minh } from "#tests/features/support/colleagues.ts";
import { nextStepOf } from "#src/features/cases/next-step.ts";
import { inOrder } from "#src/features/cases/table-order.ts";
import { type Desk, openDesk, siteOf, hoaVang } from "#tests/features/support/desk.tsx";

const known = (desk: Desk) => ({
  stepOf: (file: CaseFile) => nextStepOf(desk.work.profile.store.read, file, desk.work.surroundings.now()),
  siteOf: () => "",
  ownerOf: () => "",
  collator: new Intl.Collator("vi"),
});

describe("filters in the address", () => {
  it("reads what it knows and passes over the rest", () => {
    const read = (query: string) => readFilters(new URLSearchParams(query));
    expect(read("stage=reintegration&risk=high&mine=1")).toMatchObject({
      stage: "reintegration",
      risk: "high",
      mine: true,
      changed: false,
    });
    expect(read("stage=nonsense&risk=7&mine=yes")).toMatchObject({
      stage: undefined,
      risk: undefined,
      mine: false,
    });
  });

  it("sets one and keeps the others", () => {
    const query = withFilter(new URLSearchParams("stage=open"), "risk", "low");
    expect(query.toString()).toBe("stage=open&risk=low");
    expect(withFilter(query, "stage", "").toString()).toBe("risk=low");
  });
});

describe("cases in a list", () => {
  async function four() {
    const haiVan = siteOf("vn-gso-20195", "Hải Vân");
    const desk = await openDesk({ sites: [hoaVang, haiVan] });
    const early = { case: { riskLevel: "low", receivedAt: "2026-11-01T01:00:00.000Z" } };
    const old = await desk.receive(early);
    const recent = await desk.receive({ case: { riskLevel: "high" } });
    const danger = await desk.receive({ ...early, urgentCheck: { suicidal: true } });
    const closed = await desk.receive({ case: { receivedAt: "2026-11-21T01:00:00.000Z" } });
    await arrives(desk, minh, changeStage, {
      caseId: closed,
      stageEvent: { to: "closed", reason: "Đã ổn định" },
    });
    return { desk, old, recent, danger, closed, files: () => allCases(desk.work.profile.store.read) };
  }

  it("come in danger first, then the longest overdue, closed last", async () => {
    const { desk, old, recent, danger, closed, files } = await four();
    const order = () => inOrder(files(), undefined, known(desk)).map((file) => file.case.id);
    expect(order()).toEqual([danger, old, recent, closed]);
    const check = files().find((file) => file.case.id === danger)?.openFlags[0]?.raisedBy.id;
    await desk.do(recordUrgentAction, {
      caseId: danger,
      urgentAction: { raisedBy: check, flag: "suicidal", action: "Ở bên cạnh" },
    });
    // As late as the other of that day.
    expect(new Set(order().slice(0, 2))).toEqual(new Set([danger, old]));
  });

  it("pass the filters they fit", async () => {
    const { old, recent, danger, closed, files } = await four();
    const passing = (query: string, me = "lan") => {
      const filters = readFilters(new URLSearchParams(query));
      return files()
        .filter((file) => matches(file, filters, me, () => file.case.id === old))
        .map((file) => file.case.id);
    };
    expect(passing("")).toHaveLength(4);
    expect(passing("stage=closed")).toEqual([closed]);
    expect(passing("stage=open")).not.toContain(closed);
    // Somebody in danger is at high risk, whatever was noted.
    expect(passing("risk=high")).toEqual([recent, danger]);
    expect(passing("risk=none")).toEqual([closed]);
    expect(passing("risk=low&stage=received")).toEqual([old]);
    expect(passing("mine=1")).toHaveLength(4);
    expect(passing("mine=1", "hoa")).toEqual([]);
    expect(passing("site=vn-gso-20195")).toEqual([]);
    expect(passing("changed=1")).toEqual([old]);
  });
});
