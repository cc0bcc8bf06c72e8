// The way by file, where there is no network for weeks: hand on what waits here, take in what others hand on.
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
import { SyncPageHeader } from "#src/ui/sync-page-header.tsx";
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
      <SyncPageHeader title={t("bundle.title")} detail={t("bundle.hint")} />
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
