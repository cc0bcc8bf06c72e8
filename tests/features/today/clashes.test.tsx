// @vitest-environment jsdom
// What two people wrote without seeing each other's, on Today: both answers, by whom and when, and where.
import { expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { editCase } from "#src/domain/commands/edit-case.ts";
import { receivePerson } from "#src/domain/commands/receive-person.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { centreSays, laterOn } from "#tests/features/support/colleagues.ts";
import { type Desk, hoaVang, openDesk, openScreen, siteOf } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const haiVan = siteOf("vn-gso-20195", "Hải Vân");
const both = { sites: [hoaVang, haiVan], roles: ["cadre@vn-gso-20194", "cadre@vn-gso-20195"] };

/** One wrote High, the other Medium, days apart and each without a network. */
async function clashing(desk: Desk, by = "hoa"): Promise<string> {
  const id = await desk.receive({ case: { riskLevel: "low" } });
  const other = "22222222-2222-4222-8222-222222222222";
  await desk.do(receivePerson, { siteId: haiVan.siteId, id: other, case: { riskLevel: "low" } });
  laterOn(desk, 60_000);
  const before = oneCase(desk.work.profile.store.read, id)?.case;
  if (!before) throw new Error("no case");
  const change = {
    id: "0f0f0f0f-0000-4000-8000-000000000003",
    at: "2026-11-24T18:30:00.000Z",
    by,
    device: "d2",
    field: "riskLevel",
    from: "low",
    to: "medium",
    after: (before.history ?? []).filter(({ field }) => field === "riskLevel").map((made) => made.id),
  };
  const theirs = {
    ...before,
    riskLevel: "medium",
    updatedBy: by,
    history: [...(before.history ?? []), change],
  };
  await desk.do(editCase, { caseId: id, case: { ...before, riskLevel: "high" } });
  await centreSays(desk, siteDatabase(hoaVang.siteId), id, { theirs });
  return id;
}

const said: Readonly<Record<Locale, readonly [mine: string, theirs: string]>> = {
  vi: ["Anh/chị ghi “Cao”, 08:01 ngày 22/11/2026", "hoa ghi “Trung bình”, 01:30 ngày 25/11/2026"],
  en: ["You wrote “High”, 08:01 on 22/11/2026", "hoa wrote “Medium”, 01:30 on 25/11/2026"],
  id: ["Anda menulis “Tinggi”, 22/11/2026 pukul 08.01", "hoa menulis “Sedang”, 25/11/2026 pukul 01.30"],
};

it.each(localeCodes)("both stand on Today with who and when at the place, in %s", async (locale) => {
  const desk = await openDesk(both);
  const id = await clashing(desk);
  const screen = await openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
  const row = (await screen.find(".rivals")).closest("li");
  expect(row?.dataset["record"]).toBe(id);
  expect(row?.querySelector("a")?.getAttribute("href")).toBe(addressOf.case(id));
  const sides = [...(row?.querySelectorAll(".rivals li") ?? [])].map(({ textContent }) => textContent);
  expect(sides).toHaveLength(2);
  expect(sides).toEqual(expect.arrayContaining([...said[locale]]));
  // Whoever sees several sites reads at which.
  expect(row?.textContent).toContain("Hòa Vang");
});

const saidTwice: Readonly<Record<Locale, readonly [here: string, elsewhere: string]>> = {
  vi: ["Anh/chị (máy này) ghi “Cao”", "Anh/chị (máy khác) ghi “Trung bình”"],
  en: ["You (on this device) wrote “High”", "You (on another device) wrote “Medium”"],
  id: ["Anda (di perangkat ini) menulis “Tinggi”", "Anda (di perangkat lain) menulis “Sedang”"],
};

it.each(localeCodes)("tells two answers of one person by the device, in %s", async (locale) => {
  const desk = await openDesk(both);
  await clashing(desk, desk.work.profile.account.name);
  const screen = await openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
  const text = (await screen.find(".rivals")).textContent;
  for (const words of saidTwice[locale]) expect(text).toContain(words);
});
