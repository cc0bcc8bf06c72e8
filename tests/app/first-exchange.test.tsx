// @vitest-environment jsdom
// While the first exchange of a device goes on, every page says that what stands there is not all, and then that it is.
import { act } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { FirstExchange } from "#src/app/first-exchange.tsx";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";
import { localeCodes } from "#src/i18n/locales.ts";
import { paths } from "#src/ui/addresses.ts";
import { type Desk, hoaVang, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

/** A desk whose exchange stands as it is told to. */
async function deskAt(first: ExchangeState) {
  const desk = await openDesk();
  const listeners = new Set<() => void>();
  let state = first;
  const exchange: Desk["work"]["exchange"] = {
    ...desk.work.exchange,
    get state() {
      return state;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const come = (next: ExchangeState) =>
    act(() => {
      state = next;
      for (const listener of listeners) listener();
    });
  return { desk: { ...desk, work: { ...desk.work, exchange } }, come };
}

const open = (desk: Desk, at: string, locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <FirstExchange />, path: "*", at, locale });
const notice = () => document.querySelector(".notice");
const lastExchangeAt = "2026-11-22T02:00:00.000Z";

it.each(localeCodes)(
  "counts the sites, says that a broken one goes on, and the end, in %s",
  async (locale) => {
    const progress = { done: 120, pending: 80, sites: { done: 2, of: 5 } };
    const { desk, come } = await deskAt({ phase: "syncing", progress });
    await open(desk, paths.today, locale);
    expect(notice()?.querySelector("progress")?.getAttribute("max")).toBe("5");
    expect(notice()?.textContent).toContain("120");
    const words = notice()?.textContent;
    come({ phase: "offline", progress });
    expect(notice()?.querySelector("progress")).toBeNull();
    expect(notice()?.textContent).not.toBe(words);
    come({ phase: "idle", lastExchangeAt });
    expect(notice()).toBeNull();
    const said = { vi: "Dữ liệu đã về đủ", en: "Everything is on this device", id: "Semua data sudah masuk" }[
      locale
    ];
    expect(document.body.textContent).toContain(said);
  },
);

it.each(localeCodes)("names the sites that have not come, where all others have, in %s", async (locale) => {
  const firstExchangeAt = lastExchangeAt;
  const aside = [{ siteId: hoaVang.siteId, why: "closed" }] as const;
  const { desk, come } = await deskAt({ phase: "syncing" });
  await open(desk, paths.today, locale);
  const first = notice()?.querySelector(".notice-title")?.textContent;
  come({ phase: "error", fault: { kind: "someSites" }, firstExchangeAt, aside });
  const title = notice()?.querySelector(".notice-title")?.textContent;
  expect(title).toBeTruthy();
  expect(title).not.toBe(first);
  expect(notice()?.querySelector("li")?.textContent).toContain("Hòa Vang");
  // The same while they are tried again.
  come({ phase: "syncing", firstExchangeAt, aside });
  expect(notice()?.querySelector(".notice-title")?.textContent).toBe(title);
  expect(notice()?.querySelector("progress")).toBeNull();
  come({ phase: "idle", firstExchangeAt, lastExchangeAt });
  expect(notice()).toBeNull();
  const done = { vi: "Dữ liệu đã về đủ", en: "Everything is on this device", id: "Semua data sudah masuk" };
  expect(document.body.textContent).toContain(done[locale]);
});

it("is silent on the page of the exchange, which tells more, and wherever one has ended before", async () => {
  const { desk, come } = await deskAt({ phase: "syncing" });
  await open(desk, paths.sync);
  expect(notice()).toBeNull();
  come({ phase: "idle", lastExchangeAt });
  await open(desk, paths.today);
  come({ phase: "offline", lastExchangeAt });
  expect(notice()).toBeNull();
  expect(document.body.textContent).not.toContain("Dữ liệu đã về đủ");
});
