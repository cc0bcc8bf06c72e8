// @vitest-environment jsdom
// What is on its way, on the real screen: gathered by person, one line a record, each with its state.
import { waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { addNote } from "#src/domain/commands/add-note.ts";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import { SyncScreen } from "#src/features/sync/sync-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { arrives, centreSays, hoa } from "#tests/features/support/colleagues.ts";
import { hoaVang, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

it.each(localeCodes)(
  "gathers the records of a person below their code and masked name, in %s",
  async (locale) => {
    const desk = await openDesk();
    const mai = await desk.receive({
      consent: { decision: "given" },
      person: { displayName: "Đào Thị Mai" },
      planItem: { need: ["medical"] },
    });
    const nameless = await desk.receive({ case: { riskLevel: "low" } });
    const [late] = await desk.do(addNote, { caseId: mai, note: { text: "Đã ghé" } });
    const screen = await openScreen(desk, {
      screen: <SyncScreen />,
      path: paths.sync,
      at: paths.sync,
      locale,
    });
    await screen.find(".sync-case");
    const groups = [...document.querySelectorAll(".sync-case")];
    // The person on whose file somebody wrote last comes first, and comes once.
    expect(groups.map((group) => group.querySelector("h3 a")?.getAttribute("href"))).toEqual([
      addressOf.case(mai),
      addressOf.case(nameless),
      // The site itself, which this device has made up.
      undefined,
    ]);
    expect(groups[0]?.querySelector("h3")?.textContent).toContain("Đ•• T•• M••");
    expect(document.body.textContent).not.toContain("Đào");
    const { read } = desk.work.profile.store;
    const rows = [...document.querySelectorAll<HTMLElement>("li[data-record]")];
    expect(new Set(rows.map((row) => row.dataset["record"]))).toEqual(
      new Set(read.all().map(({ record }) => record.id)),
    );
    expect(groups[0]?.querySelectorAll("li[data-record]")).toHaveLength(6);
    expect(rows.every((row) => row.dataset["state"] === "local")).toBe(true);

    await centreSays(desk, siteDatabase(hoaVang.siteId), late?.id ?? "", { refused: "role missing" });
    await waitFor(() => expect(document.querySelectorAll(".sheet-due .sync-case")).toHaveLength(1));
    expect(document.querySelector(".sheet-due li")?.getAttribute("data-state")).toBe("refused");
    expect(document.querySelector('.sheet-due [data-action="mend"]')?.getAttribute("href")).toBe(
      addressOf.case(mai),
    );
  },
);

it("says of a record that was erased at the centre that it was, and offers no way to send or change it", async () => {
  const desk = await openDesk();
  const mai = await desk.receive({ case: { riskLevel: "low" } });
  const [late] = await desk.do(addNote, { caseId: mai, note: { text: "Đã ghé" } });
  await centreSays(desk, siteDatabase(hoaVang.siteId), late?.id ?? "", { refused: "erased" });
  const screen = await openScreen(desk, {
    screen: <SyncScreen />,
    path: paths.sync,
    at: paths.sync,
    locale: "vi",
  });
  const row = await screen.find(".sheet-due li");
  expect(row.textContent).toContain("đã được xóa");
  expect(row.querySelector('[data-action="send-again"], [data-action="mend"]')).toBeNull();
});

it("goes on from the page when a refused record was sent again", async () => {
  const desk = await openDesk();
  const mai = await desk.receive({ case: { riskLevel: "low" } });
  const [late] = await desk.do(addNote, { caseId: mai, note: { text: "Đã ghé" } });
  await centreSays(desk, siteDatabase(hoaVang.siteId), late?.id ?? "", { refused: "role missing" });
  const page = (
    <main id="main" tabIndex={-1}>
      <SyncScreen />
    </main>
  );
  const screen = await openScreen(desk, { screen: page, path: paths.sync, at: paths.sync });
  await screen.tap('[data-action="send-again"]');
  await waitFor(() => expect(document.querySelector('[data-action="send-again"]')).toBeNull());
  await waitFor(() => expect(document.activeElement?.id).toBe("main"));
});

it("says of others' words that the centre lost whose device brings them again, and that there is a copy", async () => {
  const desk = await openDesk();
  const mai = await desk.receive({ case: { riskLevel: "low" } });
  const [note] = await arrives(desk, hoa, addNote, { caseId: mai, note: { text: "Đã ghé" } });
  const id = note?.id ?? "";
  await centreSays(desk, siteDatabase(hoaVang.siteId), id, "lost, in the inbox");
  const screen = await openScreen(desk, {
    screen: <SyncScreen />,
    path: paths.sync,
    at: paths.sync,
    locale: "vi",
  });
  const row = await screen.find(`li[data-record="${id}"]`);
  expect(row.dataset["state"]).toBe("local");
  expect(row.textContent).toContain("Máy của hoa sẽ gửi lại");
});

it("does not say that all is at the centre while something was refused", async () => {
  const desk = await openDesk();
  const { exchange } = desk.work;
  const at = { screen: <SyncScreen />, path: paths.sync, at: paths.sync };
  const said = async (refused: number) => {
    const counts = { ...exchange.counts, waiting: 0, refused };
    const screen = await openScreen(
      { ...desk, work: { ...desk.work, exchange: { ...exchange, counts } } },
      at,
    );
    return (await screen.find('[role="status"]')).textContent;
  };
  expect(await said(0)).toBe("Mọi ghi chép trên máy này đều đã có ở trung tâm.");
  expect(await said(1)).toBe("Trừ những mục bị từ chối bên dưới, mọi ghi chép đều đã có ở trung tâm.");
});

it.each(localeCodes)(
  "counts sites and records while they come, and names the sites that do not, in %s",
  async (locale) => {
    const desk = await openDesk();
    const state: ExchangeState = {
      phase: "error",
      fault: { kind: "someSites" },
      progress: { done: 2340, pending: 12, sites: { done: 37, of: 100 } },
      aside: [
        { siteId: hoaVang.siteId, why: "failing" },
        { siteId: "vn-gso-1", why: "silent" },
      ],
    };
    Object.assign(desk.work.exchange, { state });
    await openScreen(desk, { screen: <SyncScreen />, path: paths.sync, at: paths.sync, locale });
    const bar = document.querySelector("progress");
    expect([bar?.value, bar?.max]).toEqual([37, 100]);
    expect(document.body.textContent).toMatch(/2[.,]340/);
    const named = [...document.querySelectorAll(".notice li")].map((each) => each.textContent);
    expect(named).toEqual([expect.stringMatching(/^Hòa Vang: .+/), expect.stringMatching(/^vn-gso-1: .+/)]);
    Object.assign(desk.work.exchange, { state: { phase: "offline" } });
  },
);
