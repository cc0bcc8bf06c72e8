// The app on a device that leaves nothing behind: the real screens, store and sealing; the centre is made up.
import "#src/ui/look.css";
import { Profiler } from "react";
import { createRoot } from "react-dom/client";
import { App } from "#src/app/app.tsx";
import { BrowserFaultScreen } from "#src/app/browser-fault-screen.tsx";
import { FaultScreen } from "#src/app/fault-screen.tsx";
import { createSessionState, type SessionState } from "#src/app/session-state.ts";
import { installTrustedTypes } from "#src/app/trusted-types.ts";
import type { Updates } from "#src/app/update.ts";
import type { Exchange } from "#src/domain/ports/exchange.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { SignIn } from "#src/domain/ports/sign-in.ts";
import type { SignedIn } from "#src/domain/ports/vault.ts";
import type { Locale } from "#src/i18n/locales.ts";
import { changeLocale, setUpTexts } from "#src/i18n/texts.ts";
import type { OpenSealedProfile } from "#src/storage/session.ts";
import { countEntries } from "#src/sync/counts.ts";
import { applyTheme, type Theme } from "#src/ui/theme.ts";
import { type MemoryDevice, memoryVault, newMemoryDevice } from "#tests/storage/support/memory-vault.ts";
import { bundlesHere } from "./bundles-here.ts";
import { faultsOnScreen } from "./faults-on-screen.ts";
import { type Instead, lookedAt, type World } from "./world.ts";

declare global {
  interface Window {
    harness: typeof harness;
  }
}

installTrustedTypes([]);
const surroundings = {
  now: () => lookedAt,
  randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
};
const nobody: SignedIn = { name: "", password: "", displayName: "", roles: [] };
const place = document.querySelector("#root");
if (!place) throw new Error("the page has no root");
const root = createRoot(place);
let device: MemoryDevice = newMemoryDevice();
let opened = 0;
/** How often the app has put something on the screen. */
let commits = 0;
let isApp = true;
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

const harness = {
  /** A device anew, with the app on it at `/`. */
  async open(world: World): Promise<void> {
    history.replaceState(null, "", "/");
    opened += 1;
    isApp = world.instead === undefined;
    if (world.instead) return root.render(screenInstead(world.instead));
    device = newMemoryDevice();
    const session = await prepare(world);
    const vault = memoryVault({ device, surroundings });
    root.render(
      <Profiler key={opened} id="app" onRender={() => (commits += 1)}>
        <App
          session={
            session ?? createSessionState({ vault, surroundings, startExchange: () => centreOf(world) })
          }
          vault={vault}
          signIn={signInOf(world)}
          updates={updatesOf(world)}
          leave={(address) => void harness.show(address)}
        />
      </Profiler>,
    );
  },

  /**
   * Goes to an address as the browser's own Back does: without loading the page anew. Resolves when its screen has
   * come: React shows the last one for as long as it prepares the next.
   */
  async show(address: string): Promise<void> {
    const before = commits;
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
    // Somebody is there: the app does not lock itself.
    dispatchEvent(new Event("input"));
    const isDrawn = () => commits !== before || !isApp;
    while (!isDrawn()) await pause();
  },

  setUpTexts,
  changeLocale: (locale: Locale) => changeLocale(locale),
  applyTheme: (theme: Theme) => applyTheme(theme),

  /** From now on nothing fits on the disk any more. */
  fillDisk(): void {
    for (const disk of device.disks.values()) disk.capacity = 0;
  },

  /** Resolves when the screen has stood still for a moment and nothing loads. */
  async settled(): Promise<void> {
    const stillMs = 50;
    let changedAt = performance.now();
    const watcher = new MutationObserver(() => (changedAt = performance.now()));
    watcher.observe(document.documentElement, { subtree: true, childList: true, attributes: true });
    const loads = () =>
      document.querySelector("main") === null || document.querySelector("main > p:only-child") !== null;
    while (performance.now() - changedAt < stillMs || loads()) await pause();
    watcher.disconnect();
  },

  /** Opens what is hidden until asked for, so that it is looked at too. */
  unfold(): void {
    for (const details of document.querySelectorAll("details")) details.open = true;
  },

  /**
   * Lets bars that stay in sight scroll with the page: axe takes what lies below one of them for covered, though a
   * finger can move it out.
   */
  unpin(): void {
    for (const element of document.querySelectorAll<HTMLElement>("#root *:not(dialog)")) {
      if (["sticky", "fixed"].includes(getComputedStyle(element).position)) {
        element.style.position = "relative";
        element.style.inset = "auto";
      }
    }
  },

  faultsOnScreen,
};
window.harness = harness;

/** Writes what the device holds; the open session where somebody is signed in. */
async function prepare(world: World): Promise<SessionState<OpenSealedProfile> | undefined> {
  const vault = memoryVault({ device, surroundings });
  const session = createSessionState<OpenSealedProfile>({
    vault,
    surroundings,
    startExchange: (profile) => centreOf(world, profile),
  });
  let last: OpenSealedProfile | undefined;
  for (const person of world.people) {
    const made = await vault.create(person, world.recovery);
    if (!made.ok) throw new Error(made.error.type);
    last = made.value;
  }
  if (!last) return undefined;
  const { store } = last;
  const byDatabase = Map.groupBy(world.rows, ({ database }) => database);
  for (const [database, rows] of byDatabase) {
    const byId = new Map(rows.map((row) => [row.record.id, row]));
    const written = await store.exchange(database, [...byId.keys()], (id) => byId.get(id));
    if (!written.ok) throw new Error(written.error.type);
  }
  const written = await store.write({ putDrafts: world.drafts, setLocal: world.local });
  if (!written.ok) throw new Error(written.error.type);
  if (world.damaged) return damaged(world, last.id);
  if (!world.open) {
    if (world.elsewhere !== true) await vault.lock();
    return undefined;
  }
  session.open(last);
  return session;

  async function damaged({ people }: World, id: string) {
    await vault.lock();
    for (const { envelopes } of device.disks.values()) {
      const [envelope] = [...envelopes.values()].toReversed();
      if (envelope) envelopes.set("damaged", { ...envelope, id: "damaged" });
    }
    const again = await vault.unlock(id, (people.at(-1) ?? nobody).password);
    if (!again.ok) throw new Error(again.error.type);
    session.open(again.value);
    return session;
  }
}

const updatesOf = ({ update = false }: World): Updates => ({
  waiting: update,
  worksOffline: true,
  watch: () => () => undefined,
  look: () => undefined,
  take: () => undefined,
});

function centreOf(world: World, profile?: OpenSealedProfile): Exchange {
  return {
    state: world.exchange,
    get counts() {
      return countEntries(profile?.store.read.all() ?? []);
    },
    watch: () => () => undefined,
    run: () => Promise.resolve(),
    resume: () => Promise.resolve(),
    keepNames: () => Promise.resolve(ok(undefined)),
    nameOf: () => Promise.resolve(ok("Đào Thị Mai")),
    devices: () => Promise.resolve(world.devices),
    ...(profile && { bundles: bundlesHere(profile, surroundings) }),
    stop: () => Promise.resolve(),
  };
}

/** What can be wrong with a sign-in; the rest is said only when a password is changed. */
const signInFaults = ["NoConnection", "NotTheCentre", "WrongPassword", "LockedOut", "NoRole"] as const;

function signInOf({ centre, people }: World): SignIn {
  const account = people.at(-1) ?? nobody;
  const never = new Promise<never>(() => undefined);
  return {
    async first(name, password) {
      if (centre === "silent") await never;
      const type = signInFaults.find((fault) => fault === centre);
      if (type) return err({ type });
      const oneTimePassword = centre !== "fine";
      return ok({ account: { ...account, name, password }, oneTimePassword, recoveryRecipient: undefined });
    },
    async changePassword() {
      if (centre === "silent") return never;
      return centre === "fine" || centre === "oneTimePassword" ? ok(undefined) : err({ type: centre });
    },
    signOut: () => Promise.resolve(),
  };
}

const screenInstead = (what: Instead) =>
  what === "fault" ? (
    <FaultScreen
      key={opened}
      report={"TypeError\npage.js:12:345\nCaseScreen < Screens < App"}
      leave={(address) => void harness.show(address)}
    />
  ) : (
    <BrowserFaultScreen key={opened} fault={what} />
  );
