// @vitest-environment jsdom
// The way out of a form that fills the screen says what it does: left for later, or nothing left to come back to.
import { cleanup, render } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { BareFrame } from "#src/app/bare-frame.tsx";
import { SessionProvider } from "#src/data/session.tsx";
import { WorkProvider } from "#src/data/work.tsx";
import { PlaceProvider } from "#src/i18n/place.ts";
import type { Locale } from "#src/i18n/locales.ts";
import { setUpTexts } from "#src/i18n/texts.ts";
import { useSaved } from "#src/ui/way-out.ts";
import { err } from "#src/domain/ports/result.ts";
import { memoryVault } from "#tests/storage/support/memory-vault.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

const offline = () => Promise.resolve(err({ type: "NoConnection" } as const));
const session = {
  vault: memoryVault(),
  signIn: { first: offline, changePassword: offline, signOut: () => Promise.resolve() },
  lock: () => undefined,
  cover: () => undefined,
};
const nothing = () => undefined;
const updates = {
  waiting: false,
  worksOffline: true,
  watch: () => nothing,
  look: nothing,
  take: nothing,
};

function Saved() {
  useSaved();
  return null;
}

async function leaving(saved: boolean, roles: readonly string[], locale: Locale) {
  cleanup();
  await setUpTexts(locale);
  const { work } = await openDesk({ roles });
  const place = { profile: "vn", timeZone: "Asia/Ho_Chi_Minh", now: () => 0 } as const;
  render(
    <PlaceProvider value={place}>
      <WorkProvider work={work}>
        <SessionProvider session={session}>
          <MemoryRouter>
            <BareFrame updates={updates}>{saved ? <Saved /> : null}</BareFrame>
          </MemoryRouter>
        </SessionProvider>
      </WorkProvider>
    </PlaceProvider>,
  );
  return document.querySelector('[data-action="leave"]')?.textContent;
}

const cadre = ["cadre@vn-gso-20194"];

it.each<[Locale, string, string, string]>([
  ["vi", "Để sau", "Về trang Hôm nay", "Về trang Tổng quan"],
  ["en", "Leave for later", "To Today", "To Overview"],
  ["id", "Lanjutkan nanti", "Ke halaman Hari ini", "Ke halaman Ringkasan"],
])("in %s", async (locale, later, today, overview) => {
  expect(await leaving(false, cadre, locale)).toBe(later);
  expect(await leaving(true, cadre, locale)).toBe(today);
  expect(await leaving(true, ["supervisor@vn-gso-48"], locale)).toBe(overview);
});
