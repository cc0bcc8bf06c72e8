// The way by file, where there is no network for weeks: hand on what waits here, take in what others hand on.
import { ArrowLeft } from "lucide-react";
import { Link } from "react-router";
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { HandOn } from "./hand-on.tsx";
import { TakeIn } from "./take-in.tsx";
import { TakenIn } from "./taken-in.tsx";
import "./bundle-screen.css";

export function BundleScreen() {
  const { t } = useTexts();
  const { profile, exchange } = useWork();
  const { bundles } = exchange;
  const supervises = profile.account.roles.some((role) => parseRole(role)?.role === "supervisor");
  return (
    <div className="page stack-loose">
      <PageHeader
        title={t("bundle.title")}
        detail={t("bundle.hint")}
        back={
          <Link className={buttonClass("quiet")} to={paths.sync} data-action="back">
            <ArrowLeft aria-hidden className="icon" />
            <span>{t("nav.sync")}</span>
          </Link>
        }
      />
      {bundles ? (
        <>
          {supervises ? <TakeIn bundles={bundles} /> : null}
          {supervises ? <TakenIn bundles={bundles} /> : null}
          <HandOn bundles={bundles} />
        </>
      ) : (
        <Notice tone="info" title={t("bundle.notHere")}>
          {t("bundle.notHereHint")}
        </Notice>
      )}
    </div>
  );
}
