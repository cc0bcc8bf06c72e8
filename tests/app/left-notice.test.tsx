// @vitest-environment jsdom
// What a person is told when the records of a place have left the device with the right to them.
import { waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { LeftNotice } from "#src/app/left-notice.tsx";
import { leftDatabasesName } from "#src/domain/ports/left-databases.ts";
import { localeCodes } from "#src/i18n/locales.ts";
import { hoaVang, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

it.each(localeCodes)(
  "names the place and what was handed over, and goes when it was read, in %s",
  async (locale) => {
    const desk = await openDesk();
    const { store } = desk.work.profile;
    const at = "2026-11-22T02:00:00.000Z";
    await store.write({
      setLocal: {
        [leftDatabasesName]: {
          [`s-${hoaVang.siteId}`]: { at, handedOver: 3 },
          [`p-${hoaVang.siteId}`]: { at, handedOver: 1 },
        },
      },
    });
    const screen = await openScreen(desk, { screen: <LeftNotice />, path: "/", at: "/", locale });
    const notice = await screen.find(".notice");
    expect(notice.textContent).toContain(hoaVang.names[locale]);
    expect(notice.textContent).toContain("4");
    notice.querySelector<HTMLElement>('[data-action="left-seen"]')?.click();
    await waitFor(() => expect(document.querySelector(".notice")).toBeNull());
    expect(store.read.local(leftDatabasesName)).toBeUndefined();
  },
);

it("says it of a place too that the directory does not know any more, and nothing of records where none were unsent", async () => {
  const desk = await openDesk();
  const at = "2026-11-22T02:00:00.000Z";
  await desk.work.profile.store.write({
    setLocal: { [leftDatabasesName]: { "s-vn-gso-20999": { at, handedOver: 0 } } },
  });
  const screen = await openScreen(desk, { screen: <LeftNotice />, path: "/", at: "/", locale: "vi" });
  const notice = await screen.find(".notice");
  expect(notice.textContent).toContain("một nơi");
  expect(notice.textContent).not.toContain("ghi chép");
});
