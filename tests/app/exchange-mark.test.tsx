// @vitest-environment jsdom
// What stands at the top of every screen: a record that the centre did not take is not hidden behind "online".
import { expect, it } from "vitest";
import { ExchangeMark } from "#src/app/exchange-mark.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { paths } from "#src/ui/addresses.ts";
import { openDesk, openScreen } from "#tests/features/support/desk.tsx";

it.each(localeCodes)("says how many wait and how many were refused, in %s", async (locale) => {
  const desk = await openDesk();
  const { exchange } = desk.work;
  const said = async (waiting: number, refused: number) => {
    const counts = { ...exchange.counts, waiting, refused };
    const work = { ...desk.work, exchange: { ...exchange, counts } };
    await openScreen({ ...desk, work }, { screen: <ExchangeMark />, path: "*", at: paths.today, locale });
    return document.querySelector("[data-sync]")?.textContent;
  };
  const waits = { vi: "chờ gửi: 3", en: "waiting to be sent: 3", id: "menunggu dikirim: 3" }[locale];
  const refused = { vi: "bị từ chối: 2", en: "refused: 2", id: "ditolak: 2" }[locale];
  expect(await said(0, 0)).not.toMatch(/\d/u);
  expect(await said(3, 0)).not.toContain(refused);
  expect(await said(0, 2)).toContain(refused);
  expect(await said(3, 2)).toContain(waits);
  expect(await said(3, 2)).toContain(refused);
});
