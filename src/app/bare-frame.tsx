// Around a form that fills the screen: only the marks that must always be in sight.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Status } from "./frame.tsx";
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
  return (
    <div className="bare">
      <header className="bare-top frame-status">
        <Link to={paths.today} className={buttonClass("quiet")} data-action="leave">
          <X aria-hidden className="icon" />
          <span>{t("app.leaveForm")}</span>
        </Link>
        <span className="bare-marks frame-status">
          <Status />
        </span>
      </header>
      <UpdateNotice updates={updates} />
      <main className="bare-main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
