// The frame around the signed-in screens: navigation, state of the exchange, cover and lock, a waiting update.
import {
  Building2,
  CalendarCheck,
  EyeOff,
  FolderOpen,
  Lock,
  type LucideIcon,
  Settings,
  RefreshCw,
  UserPlus,
} from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { NavLink } from "react-router";
import { useSession } from "#src/data/session.tsx";
import { useExchange } from "#src/data/use-exchange.ts";
import { useWork } from "#src/data/work.tsx";
import { parseRole, type Role } from "#src/domain/roles.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { AppFrame } from "#src/ui/app-frame.tsx";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { ExchangeMark } from "./exchange-mark.tsx";
import { FirstExchange } from "./first-exchange.tsx";
import { LeftNotice } from "./left-notice.tsx";
import { RecoveryNotice } from "./recovery-notice.tsx";
import { type NavIcon, routes, type RouteSpec } from "./routes.tsx";
import type { Updates } from "./update.ts";
import { UpdateNotice } from "./update-notice.tsx";
import "./frame.css";

const icons: Readonly<Record<NavIcon, LucideIcon>> = {
  today: CalendarCheck,
  places: Building2,
  cases: FolderOpen,
  receive: UserPlus,
  sync: RefreshCw,
  settings: Settings,
};

/** The roles an account holds anywhere; what it may do at a place is decided there. */
export function useRoles(): ReadonlySet<Role> {
  const { account } = useWork().profile;
  return new Set(account.roles.flatMap((text) => parseRole(text)?.role ?? []));
}

export const mayOpen = (route: { readonly roles: readonly Role[] }, held: ReadonlySet<Role>): boolean =>
  route.roles.some((role) => held.has(role));

export function Frame({ updates, children }: { readonly updates: Updates; readonly children: ReactNode }) {
  const { t } = useTexts();
  const held = useRoles();
  const { counts } = useExchange();
  const worksOffline = useSyncExternalStore(updates.watch, () => updates.worksOffline);
  const shown = routes.filter((route) => route.nav && mayOpen({ roles: route.nav.roles }, held));
  return (
    <AppFrame
      name={t("app.name")}
      status={<Status />}
      navigation={shown.map((route) => entryOf(route, t(navText(route, held)), counts.waiting))}
    >
      {worksOffline ? null : (
        <Notice tone="info" title={t("update.preparing")}>
          {t("update.preparingHint")}
        </Notice>
      )}
      <UpdateNotice updates={updates} />
      <RecoveryNotice />
      <LeftNotice />
      <FirstExchange />
      {children}
    </AppFrame>
  );
}

/** A supervisor's Today is an overview. */
function navText({ path, nav }: RouteSpec, held: ReadonlySet<Role>): MessageKey {
  if (path === paths.today && held.has("supervisor")) return "nav.overview";
  return nav?.text ?? "app.name";
}

function entryOf(route: RouteSpec, label: string, waiting: number) {
  const icon = route.nav?.icon ?? "settings";
  return {
    id: route.path,
    label,
    icon: icons[icon],
    prominent: icon === "receive",
    ...(icon === "sync" && waiting > 0 ? { count: waiting } : {}),
    link: (content: ReactNode, className: string) => (
      <NavLink
        to={route.path}
        end={route.path === "/"}
        className={className}
        {...(icon === "receive" ? { "data-action": "receive" } : {})}
      >
        {content}
      </NavLink>
    ),
  };
}

/** Also on screens that fill the page by themselves. */
export function Status() {
  const { t } = useTexts();
  const { lock, cover } = useSession();
  return (
    <>
      <ExchangeMark />
      <Button variant="quiet" icon={EyeOff} action="cover" onClick={cover}>
        {t("cover.button")}
      </Button>
      <Button variant="quiet" icon={Lock} action="lock" onClick={lock}>
        {t("lock.button")}
      </Button>
    </>
  );
}
