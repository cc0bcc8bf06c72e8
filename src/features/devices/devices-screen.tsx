// For a supervisor: the devices of everybody at the own sites; when each was last in contact, what waits on it, how old its app is.
import { RefreshCw, Smartphone } from "lucide-react";
import { sitesWith } from "#src/data/place-queries.ts";
import { useDevices } from "#src/data/use-devices.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { DevicesFault } from "#src/domain/ports/exchange.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { SyncPageHeader } from "#src/ui/sync-page-header.tsx";
import { SiteDevices } from "./site-devices.tsx";

const supervising = ["supervisor"] as const;

export function DevicesScreen() {
  const { t } = useTexts();
  const { account } = useWork().profile;
  const sites = useQuery(sitesWith, account.roles, supervising);
  const { asking, known, fault, ask } = useDevices();
  return (
    <div className="page stack-loose">
      <SyncPageHeader
        title={t("devices.title")}
        detail={t("devices.hint")}
        actions={
          <Button icon={RefreshCw} action="refresh" busy={asking} onClick={ask}>
            {t("devices.refresh")}
          </Button>
        }
      />
      {asking && !known ? <p role="status">{t("devices.asking")}</p> : null}
      {fault ? <FaultNotice fault={fault} /> : null}
      {known && sites.length === 0 ? (
        <EmptyState icon={Smartphone} title={t("devices.empty")}>
          <p>{t("devices.emptyHint")}</p>
        </EmptyState>
      ) : null}
      {known ? sites.map((site) => <SiteDevices key={site.siteId} site={site} devices={known} />) : null}
    </div>
  );
}

function FaultNotice({ fault }: { readonly fault: DevicesFault }) {
  const { t } = useTexts();
  return (
    <Notice
      tone={fault.type === "NotOfferedHere" || fault.type === "NoConnection" ? "info" : "due"}
      title={t(`devices.fault.${fault.type}`)}
      announce
    >
      {t(`devices.faultHint.${fault.type}`)}
    </Notice>
  );
}
