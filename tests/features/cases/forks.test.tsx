// @vitest-environment jsdom
// Two people record a step without seeing each other's: both are shown, and one of them decides which holds.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { decideFork } from "#src/domain/commands/decide-fork.ts";
import { forksOf } from "#src/domain/case-file/forks.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { arrives, hoa, laterOn, minh } from "#tests/features/support/colleagues.ts";
import { accountOf, allNo, type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

/** Lan goes on to community support; hoa, who had not seen it, to a stay. */
async function forked(roles?: readonly string[]) {
  const desk = await openDesk(roles ? { roles } : {});
  const id = await desk.receive({
    consent: { decision: "given" },
    person: { displayName: "Mai" },
    urgentCheck: allNo,
  });
  laterOn(desk, 60_000);
  const { store } = desk.work.profile;
  const unseen = changeStage.run(
    store.read,
    { caseId: id, stageEvent: { to: "closure_requested", reason: "returnedToFamily" } },
    {
      now: instantOf(desk.work.surroundings.now()),
      deviceTime: instantOf(desk.work.surroundings.now()),
      user: hoa,
      device: "d2",
      randomBytes: (count) => desk.work.surroundings.randomBytes(count),
    },
  );
  if (!unseen.ok) throw new Error(unseen.error.type);
  const mine = await desk.do(changeStage, { caseId: id, stageEvent: { to: "community_support" } });
  await store.write({ changes: unseen.value });
  const theirs = unseen.value.map(({ record }) => record);
  return { desk, id, mine: stepIn(mine), theirs: stepIn(theirs) };
}

function stepIn(records: readonly AnyRecord[]): string {
  const step = records.find(({ type }) => type === "stage_event");
  if (!step) throw new Error("no step");
  return step.id;
}

const fileOf = (desk: Desk, id: string) => {
  const file = oneCase(desk.work.profile.store.read, id);
  if (!file) throw new Error("no case");
  return file;
};
const caseOf = (desk: Desk, id: string, locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id), locale });

describe("two steps that do not follow each other", () => {
  it.each(localeCodes)("stand on Today and on the case with who wrote them, in %s", async (locale) => {
    const { desk, id } = await forked();
    const today = await openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
    const mark = { vi: "Hai bước không nối tiếp", en: "Two steps that do not follow", id: "Dua langkah tidak berurutan" }[locale]; // prettier-ignore
    await today.find(`[data-record="${id}"]`);
    expect(document.body.textContent).toContain(mark);
    const screen = await caseOf(desk, id, locale);
    const list = await screen.find(".notice .clash");
    expect(list.querySelectorAll("li")).toHaveLength(2);
    expect(list.textContent).toContain({ vi: "Anh/chị", en: "You", id: "Anda" }[locale]);
    expect(list.textContent).toMatch(/2026/u);
  });

  it("are decided by whoever wrote the one that gives way, with a reason; both stay readable", async () => {
    const { desk, id, mine, theirs } = await forked();
    const screen = await caseOf(desk, id);
    await screen.tap('.notice [data-action="decide"]');
    const offered = [...document.querySelectorAll<HTMLInputElement>('[name="fork.stage"]')];
    expect(offered.map(({ value }) => value)).toEqual([theirs]);
    expect(document.activeElement).toBe(offered[0]);
    await screen.tap('form [data-action="later"]');
    expect(document.activeElement?.getAttribute("data-action")).toBe("decide");
    await screen.tap('.notice [data-action="decide"]');
    expect((await screen.find('form [data-action="decide"]')).textContent).toBe("Lấy bước này");
    await screen.user.click(await screen.find(`[name="fork.stage"][value="${theirs}"]`));
    await screen.tap('form [data-action="decide"]');
    await screen.find('[role="alert"]');
    expect(forksOf(fileOf(desk, id))).toHaveLength(1);
    await screen.type("decision.reason", "Chị Hoa ghi đúng.");
    await screen.tap('form [data-action="decide"]');
    await waitFor(() => expect(forksOf(fileOf(desk, id))).toEqual([]));
    const file = fileOf(desk, id);
    expect(file.stage.at).toBe("closure_requested");
    expect(file.voided.get(mine)).toMatchObject({ reason: "Chị Hoa ghi đúng.", createdBy: "lan" });
    expect(document.querySelector('[data-action="decide"]')).toBeNull();
  });

  it("are decided either way by a supervisor, by nobody else's word, and once", async () => {
    const { desk, id, mine, theirs } = await forked();
    const known = accountOf(minh.name, "Hồ Mẫu Minh", minh.roles);
    await desk.work.profile.store.write({ changes: [{ database: "directory", record: known }] });
    const decision = { caseId: id, holds: mine, against: theirs, reason: "Đã gọi hỏi." };
    await expect(desk.do(decideFork, decision)).rejects.toThrow("NotYours");
    await expect(desk.do(decideFork, { ...decision, against: mine })).rejects.toThrow("NothingToDecide");
    await arrives(desk, minh, decideFork, decision);
    expect(fileOf(desk, id).stage.at).toBe("community_support");
    await expect(desk.do(decideFork, decision)).rejects.toThrow("NothingToDecide");
  });
});
