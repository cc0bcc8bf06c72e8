// The whole app: closed or open, covered or not, and which screen stands at which address.
import {
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { BrowserRouter, Navigate, Route, Routes, useLocation } from "react-router";
import { SessionProvider } from "#src/data/session.tsx";
import { WorkProvider } from "#src/data/work.tsx";
import type { SignIn } from "#src/domain/ports/sign-in.ts";
import type { OpenProfile, Vault } from "#src/domain/ports/vault.ts";
import type { Role } from "#src/domain/roles.ts";
import { UnlockScreen } from "#src/features/unlock/unlock-screen.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, paths, returnPath } from "#src/ui/addresses.ts";
import { ToastProvider } from "#src/ui/toast.tsx";
import { Cover } from "./cover.tsx";
import { watchCoverKeys } from "./cover-keys.ts";
import { useFocusKept } from "./focus-kept.ts";
import { Frame, mayOpen, useRoles } from "./frame.tsx";
import { watchIdle } from "./idle-lock.ts";
import { BareFrame } from "./bare-frame.tsx";
import { useNeutralTitle } from "./neutral-title.ts";
import { OpenPlace } from "./open-place.tsx";
import { type RouteSpec, routes } from "./routes.tsx";
import { useScrollKept } from "./scroll-kept.ts";
import type { SessionState } from "./session-state.ts";
import type { Updates } from "./update.ts";

/** How long closing may take before the page is left all the same; a slow phone's last write needs some of it. */
const patience = 5_000;

export interface AppParts<P extends OpenProfile> {
  readonly session: SessionState<P>;
  readonly vault: Vault<P>;
  readonly signIn: SignIn;
  readonly updates: Updates;
  /** Leaves for the unlock screen by loading it anew, so that nothing of ours stays in memory. */
  readonly leave: (address: string) => void;
}

export function App<P extends OpenProfile>(parts: AppParts<P>) {
  return (
    <BrowserRouter>
      <WithToasts>
        <OpenOrClosed {...parts} />
      </WithToasts>
    </BrowserRouter>
  );
}

/** What was said in one place is gone once another is on the screen, a step of a form included. */
function WithToasts({ children }: { readonly children: ReactNode }) {
  const { pathname, search } = useLocation();
  return <ToastProvider place={pathname + search}>{children}</ToastProvider>;
}

function OpenOrClosed<P extends OpenProfile>({ session, vault, signIn, updates, leave }: AppParts<P>) {
  const { locale } = useTexts();
  const { pathname, search } = useLocation();
  const [covered, setCovered] = useState(false);
  const work = useSyncExternalStore(session.watch, () => session.work);

  useNeutralTitle();
  // The manifest follows the language for whoever installs the app now.
  useEffect(() => {
    document.querySelector('link[rel="manifest"]')?.setAttribute("href", `/manifest.${locale}.webmanifest`);
  }, [locale]);

  /** Even if closing hangs, what follows is done: what was typed is in sealed drafts already. */
  const close = useCallback(() => {
    const gone = new Promise<void>((resolve) => setTimeout(resolve, patience));
    return Promise.race([session.close(), gone]);
  }, [session]);
  const closeAndLeave = useCallback(
    (why?: "elsewhere") => {
      const address = addressOf.unlock(location.pathname + location.search, why);
      void close().finally(() => leave(address));
    },
    [close, leave],
  );
  const lock = useCallback(() => closeAndLeave(), [closeAndLeave]);
  // The new version loads the page anew: what is open is closed in order first.
  const ordered = useMemo(() => inOrder(updates, close), [updates, close]);
  const cover = useCallback(() => setCovered(true), []);
  const around = useMemo(() => ({ vault, signIn, lock, cover }), [vault, signIn, lock, cover]);

  const open = work !== undefined;
  useEffect(() => (open ? watchIdle(lock) : undefined), [open, lock]);
  useEffect(() => (open ? watchCoverKeys(cover) : undefined), [open, cover]);
  useEffect(() => vault.onTakenOver(() => closeAndLeave("elsewhere")), [vault, closeAndLeave]);

  const enter = useCallback((profile: P) => session.open(profile), [session]);

  if (!work) {
    return pathname === paths.unlock ? (
      <UnlockScreen vault={vault} signIn={signIn} onOpen={enter} />
    ) : (
      <Navigate to={addressOf.unlock(pathname + search)} replace />
    );
  }
  // Covered, nothing else is in the page: Back changes the address, never what is seen.
  if (covered) return <Cover onLift={() => setCovered(false)} />;
  return (
    <WorkProvider work={work}>
      <SessionProvider session={around}>
        <OpenPlace>
          <Screens updates={ordered} />
        </OpenPlace>
      </SessionProvider>
    </WorkProvider>
  );
}

const inOrder = (updates: Updates, close: () => Promise<void>): Updates => ({
  get waiting() {
    return updates.waiting;
  },
  get worksOffline() {
    return updates.worksOffline;
  },
  watch: updates.watch,
  look: () => updates.look(),
  take: () => void close().finally(() => updates.take()),
});

function Screens({ updates }: { readonly updates: Updates }) {
  const held = useRoles();
  useScrollKept();
  useFocusKept();
  return (
    <Routes>
      {routes
        .filter((route) => mayOpen(route, held))
        .map((route) => (
          <Route key={route.path} path={route.path} element={<Screen route={route} updates={updates} />} />
        ))}
      <Route path={paths.unlock} element={<Return />} />
      <Route path="*" element={<Navigate to={homeOf(held)} replace />} />
    </Routes>
  );
}

/** Just unlocked: back to where somebody was, or wanted to go. */
function Return() {
  const { search } = useLocation();
  return <Navigate to={returnPath(search)} replace />;
}

/** The first page somebody may open: an administrator has no Today. */
const homeOf = (held: ReadonlySet<Role>): string =>
  routes.find((route) => mayOpen(route, held))?.path ?? paths.settings;

function Screen({ route, updates }: { readonly route: RouteSpec; readonly updates: Updates }) {
  const { t } = useTexts();
  const { screen: Content } = route;
  const content = (
    <Suspense fallback={<p className="page quiet">{t("app.loading")}</p>}>
      <Content />
    </Suspense>
  );
  const Around = route.bare ? BareFrame : Frame;
  return <Around updates={updates}>{content}</Around>;
}
