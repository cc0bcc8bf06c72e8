// Every address of the product: its screen, who sees it in the navigation, and the states it must be shown in by tests.
import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import type { Role } from "#src/domain/roles.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { paths } from "#src/ui/addresses.ts";

/** States in which the accessibility test shows a route. */
export type ScreenState = "empty" | "filled" | "error" | "offline" | "refused";

export type NavIcon = "today" | "places" | "cases" | "receive" | "sync" | "settings";

export interface RouteSpec {
  readonly path: string;
  readonly screen: LazyExoticComponent<ComponentType>;
  /** Roles that may open it; others are led to Today. */
  readonly roles: readonly Role[];
  readonly states: readonly [ScreenState, ...ScreenState[]];
  readonly nav?: { readonly text: MessageKey; readonly icon: NavIcon; readonly roles: readonly Role[] };
  /** A form that fills the screen: no navigation around it that a thumb could hit by mistake. */
  readonly bare?: true;
}

const workers = ["cadre", "social_worker"] as const;
const caseRoles = [...workers, "supervisor"] as const;
const everybody = [...caseRoles, "administrator"] as const;

const today = lazy(async () => ({
  default: (await import("#src/features/today/today-screen.tsx")).TodayScreen,
}));
const cases = lazy(async () => ({
  default: (await import("#src/features/cases/cases-screen.tsx")).CasesScreen,
}));
const oneCase = lazy(async () => ({
  default: (await import("#src/features/cases/case-screen.tsx")).CaseScreen,
}));
const caseForm = lazy(async () => ({
  default: (await import("#src/features/case-forms/case-form-screen.tsx")).CaseFormScreen,
}));
const transfer = lazy(async () => ({
  default: (await import("#src/features/transfers/transfer-screen.tsx")).TransferScreen,
}));
const visit = lazy(async () => ({
  default: (await import("#src/features/visits/visit-screen.tsx")).VisitScreen,
}));
const receive = lazy(async () => ({
  default: (await import("#src/features/receive/receive-screen.tsx")).ReceiveScreen,
}));
const sync = lazy(async () => ({ default: (await import("#src/features/sync/sync-screen.tsx")).SyncScreen }));
const byFile = lazy(async () => ({
  default: (await import("#src/features/bundles/bundle-screen.tsx")).BundleScreen,
}));
const devices = lazy(async () => ({
  default: (await import("#src/features/devices/devices-screen.tsx")).DevicesScreen,
}));
const administration = lazy(async () => ({
  default: (await import("#src/features/administration/administration-screen.tsx")).AdministrationScreen,
}));
const settings = lazy(async () => ({
  default: (await import("#src/features/settings/settings-screen.tsx")).SettingsScreen,
}));

export const routes: readonly RouteSpec[] = [
  {
    path: paths.today,
    screen: today,
    roles: caseRoles,
    states: ["empty", "filled", "offline", "refused"],
    nav: { text: "nav.today", icon: "today", roles: caseRoles },
  },
  {
    path: paths.administration,
    screen: administration,
    roles: ["administrator"],
    states: ["empty", "filled", "offline"],
    nav: { text: "nav.administration", icon: "places", roles: ["administrator"] },
  },
  {
    path: paths.cases,
    screen: cases,
    roles: caseRoles,
    states: ["empty", "filled", "offline", "refused"],
    nav: { text: "nav.cases", icon: "cases", roles: caseRoles },
  },
  { path: paths.case, screen: oneCase, roles: caseRoles, states: ["empty", "filled", "offline", "refused"] },
  {
    path: paths.caseForm,
    screen: caseForm,
    roles: caseRoles,
    states: ["empty", "filled", "error"],
    bare: true,
  },
  { path: paths.transfer, screen: transfer, roles: caseRoles, states: ["empty", "filled", "error"] },
  {
    path: paths.visit,
    screen: visit,
    roles: caseRoles,
    states: ["empty", "filled", "error", "offline"],
    bare: true,
  },
  {
    path: paths.receive,
    screen: receive,
    roles: workers,
    states: ["empty", "filled", "error", "offline"],
    nav: { text: "nav.receive", icon: "receive", roles: workers },
    bare: true,
  },
  {
    path: paths.sync,
    screen: sync,
    roles: everybody,
    states: ["empty", "filled", "error", "offline", "refused"],
    nav: { text: "nav.sync", icon: "sync", roles: everybody },
  },
  {
    path: paths.byFile,
    screen: byFile,
    roles: caseRoles,
    states: ["empty", "filled", "offline"],
  },
  {
    path: paths.devices,
    screen: devices,
    roles: ["supervisor"],
    states: ["empty", "filled", "offline", "error"],
  },
  {
    path: paths.settings,
    screen: settings,
    roles: everybody,
    states: ["empty", "filled", "error"],
    nav: { text: "nav.settings", icon: "settings", roles: everybody },
  },
];
