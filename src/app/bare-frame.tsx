// Around a form that fills the screen: only the marks that must always be in sight.
import { CalendarCheck, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { WayOut } from "#src/ui/way-out.ts";
import { Status, useRoles } from "./frame.tsx";
import type { Updates } from "./update.ts";
import { UpdateNotice } from "./update-notice.tsx";
import "./bare-frame.css";

export function BareFrame({
  updates,
  children,
}: {
  readonly updates: Updates;
  readonly children: ReactNode;
}) {
  const { t } = useTexts();
  const held = useRoles();
  const [saved, setSaved] = useState(false);
  const page = t(held.has("supervisor") ? "nav.overview" : "nav.today");
  const Icon = saved ? CalendarCheck : X;
  return (
    <div className="bare">
      <header className="bare-top frame-status">
        <Link to={paths.today} className={buttonClass("quiet")} data-action="leave">
          <Icon aria-hidden className="icon" />
          <span>{saved ? t("app.backTo", { page }) : t("app.leaveForm")}</span>
        </Link>
        <span className="bare-marks frame-status">
          <Status />
        </span>
      </header>
      <UpdateNotice updates={updates} />
      <main className="bare-main" id="main" tabIndex={-1}>
        <WayOut value={setSaved}>{children}</WayOut>
      </main>
    </div>
  );
}
