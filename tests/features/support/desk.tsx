// A screen on a device of one cadre: the real store in memory, the real texts, no network; and a counter of taps.
import { cleanup, configure, render, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { MemoryRouter, Route, Routes, useLocation } from "react-router";
import { type Work, WorkProvider } from "#src/data/work.tsx";
import type { Command } from "#src/domain/commands/command.ts";
import { receivePerson, type Reception } from "#src/domain/commands/receive-person.ts";
import { type Exchange, firstExchangeName } from "#src/domain/ports/exchange.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Account } from "#src/domain/records/account.ts";
import { urgentFlags } from "#src/domain/records/code-lists.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { Locale } from "#src/i18n/locales.ts";
import { PlaceProvider } from "#src/i18n/place.ts";
import { setUpTexts } from "#src/i18n/texts.ts";
import { ToastProvider } from "#src/ui/toast.tsx";
import { newMemoryDisk, type MemoryDisk } from "#src/storage/memory-envelopes.ts";
import { openMemoryStore } from "#tests/storage/support/memory-store.ts";
import { testSurroundings } from "#tests/storage/support/surroundings.ts";

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

const stamps = {
  version: 1,
  createdAt: "2026-11-01T00:00:00.000Z",
  createdBy: "provisioning",
  device: "server",
  deviceTime: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
  updatedBy: "provisioning",
} as const;

export function siteOf(siteId: string, name: string): Site {
  return {
    ...stamps,
    id: `site:${siteId}`,
    type: "site",
    siteId,
    names: { vi: name, en: name, id: name },
    kind: "commune",
    ancestors: ["vn-gso-48"],
    timeZone: "Asia/Ho_Chi_Minh",
    shortCode: "HVG",
    profile: "vn",
    phones: ["0236 3822 822 — Công an xã"],
  };
}

export function accountOf(name: string, displayName: string, roles: readonly string[]): Account {
  return { ...stamps, id: `account:${name}`, type: "account", name, displayName, roles };
}

/** Every urgent question asked, and answered with no. */
export const allNo = Object.fromEntries(urgentFlags.map((flag) => [flag, false]));

export const hoaVang = siteOf("vn-gso-20194", "Hòa Vang");

const silent: Exchange = {
  state: { phase: "offline" },
  counts: { waiting: 0, refused: 0, clashes: 0 },
  watch: () => () => undefined,
  run: () => Promise.resolve(),
  resume: () => Promise.resolve(),
  keepNames: () => Promise.resolve(ok(undefined)),
  nameOf: () => Promise.resolve(err({ type: "NoConnection" })),
  devices: () => Promise.resolve(ok([])),
  stop: () => Promise.resolve(),
};

export interface Desk {
  readonly work: Work;
  readonly disk: MemoryDisk;
  /** Runs a command and writes what it says. */
  do<I, E extends { readonly type: string }>(command: Command<I, E>, input: I): Promise<readonly AnyRecord[]>;
  receive(input: Omit<Reception, "siteId">): Promise<string>;
}

/** Hand the same disk again for the same device started anew. */
export async function openDesk(
  options: { disk?: MemoryDisk; sites?: readonly Site[]; roles?: readonly string[] } = {},
): Promise<Desk> {
  const { disk = newMemoryDisk(), sites = [hoaVang] } = options;
  const surroundings = testSurroundings();
  const store = await openMemoryStore({ disk, surroundings });
  const roles = options.roles ?? sites.map(({ siteId }) => `cadre@${siteId}`);
  const account = { name: "lan", password: "", displayName: "Lan", roles };
  const work: Work = { profile: { id: "p1", store, account, device: "d1" }, exchange: silent, surroundings };
  const setLocal = { [firstExchangeName]: instantOf(surroundings.now()) };
  await store.write({ changes: sites.map((record) => ({ database: "directory", record })), setLocal });
  const desk: Desk = {
    work,
    disk,
    async do(command, input) {
      // What is done later counts as later.
      surroundings.time += 1000;
      const now = instantOf(surroundings.now());
      const { randomBytes } = surroundings;
      const acting = { now, deviceTime: now, user: account, device: "d1", randomBytes };
      const planned = command.run(store.read, input, acting);
      if (!planned.ok) throw new Error(planned.error.type);
      const written = await store.write({ changes: planned.value });
      if (!written.ok) throw new Error(JSON.stringify(written.error));
      return planned.value.map(({ record }) => record);
    },
    async receive(input) {
      const id = newId((count) => surroundings.randomBytes(count));
      await desk.do(receivePerson, { siteId: hoaVang.siteId, id, ...input });
      return id;
    },
  };
  return desk;
}

/** jsdom has no modal dialogs. */
function fakeModals(): void {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.setAttribute("open", "");
  };
  HTMLDialogElement.prototype.close = function close() {
    this.removeAttribute("open");
  };
}

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

interface Opened {
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Touches of the screen so far: a press of a button, a choice, a focus. Typing is none. */
  readonly taps: () => number;
  readonly address: () => string;
  readonly tap: (selector: string) => Promise<void>;
  /** Focus (one tap) and keys (none). */
  readonly type: (name: string, text: string) => Promise<void>;
  readonly find: (selector: string) => Promise<HTMLElement>;
  readonly step: () => string | null;
  readonly leave: () => void;
}

/** Shows a screen at its path, opened at an address. */
export async function openScreen(
  desk: Desk,
  options: { screen: ReactNode; path: string; at: string; locale?: Locale },
): Promise<Opened> {
  const { screen, path, at, locale = "vi" } = options;
  fakeModals();
  cleanup();
  await setUpTexts(locale);
  const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
  let taps = 0;
  const place = {
    profile: "vn",
    timeZone: "Asia/Ho_Chi_Minh",
    now: () => desk.work.surroundings.now(),
  } as const;
  const { container, unmount } = render(
    <PlaceProvider value={place}>
      <WorkProvider work={desk.work}>
        <ToastProvider>
          <MemoryRouter initialEntries={["/", at]} initialIndex={1}>
            <Routes>
              <Route path={path} element={screen} />
              <Route path="*" element={<p data-testid="elsewhere" />} />
            </Routes>
            <Address />
          </MemoryRouter>
        </ToastProvider>
      </WorkProvider>
    </PlaceProvider>,
  );
  const address = () => container.querySelector("[data-testid=address]")?.textContent ?? "";
  const find = async (selector: string): Promise<HTMLElement> => {
    return waitFor(() => {
      const found = container.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`nothing at ${selector} on ${address()}`);
      return found;
    });
  };
  return {
    user,
    taps: () => taps,
    address,
    find,
    async tap(selector) {
      await user.click(await find(selector));
      taps += 1;
    },
    async type(name, text) {
      await user.click(await find(`[name="${name}"]`));
      taps += 1;
      await user.keyboard(text);
    },
    step: () => new URLSearchParams(address().split("?")[1]).get("step"),
    leave: unmount,
  };
}
