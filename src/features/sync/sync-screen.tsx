// Where every record stands on its way to the centre, and what a person can do about it.
import { CloudDownload, RefreshCw } from "lucide-react";
import { latestAtCentre, type Placed, refused, waiting } from "#src/data/sync-queries.ts";
import { useExchange } from "#src/data/use-exchange.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { DevicesLink } from "#src/ui/devices-link.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { ByFileLink, OnTheirWayByFile } from "./by-file.tsx";
import { CaseRecords } from "./case-records.tsx";
import { ExchangeProgress } from "./exchange-progress.tsx";
import { FaultNotice } from "./fault-notice.tsx";
import { RecordRow } from "./record-row.tsx";
import { RefusedRow } from "./refused-row.tsx";

/** Enough to see one's own day; the rest stands with each case. */
const latestShown = 20;

const keyOf = ({ entry }: Placed): string => `${entry.database} ${entry.record.id}`;

export function SyncScreen() {
  const { t } = useTexts();
  const { instant, number } = useFormats();
  const { state, counts, run } = useExchange();
  const { profile, exchange } = useWork();
  const { store, account } = profile;
  const supervises = account.roles.some((role) => parseRole(role)?.role === "supervisor");
  const toSend = useQuery(waiting);
  const turnedBack = useQuery(refused);
  const arrived = useQuery(latestAtCentre, latestShown);
  const { progress, firstExchangeAt, lastExchangeAt, fault, aside = [] } = state;
  const never = t(firstExchangeAt === undefined ? "sync.never" : "sync.neverAll");
  const nothing = toSend.length + turnedBack.length + arrived.length === 0;
  return (
    <div className="page stack-loose">
      <PageHeader
        title={t("nav.sync")}
        detail={lastExchangeAt ? t("sync.last", { time: instant(lastExchangeAt) }) : never}
        actions={
          <Button
            variant="primary"
            icon={RefreshCw}
            action="sync"
            busy={state.phase === "syncing"}
            onClick={() => void run()}
          >
            {t("sync.now")}
          </Button>
        }
      />
      <p role="status">
        {counts.waiting > 0
          ? t("sync.waiting", { count: number(counts.waiting) })
          : // What was refused is told below: not everything is at the centre then.
            t(counts.refused > 0 ? "sync.othersSent" : "sync.allSent")}
      </p>
      <OnTheirWayByFile />
      <div className="cluster">
        {supervises ? <DevicesLink /> : null}
        {exchange.bundles && (supervises || counts.waiting > 0) ? <ByFileLink /> : null}
      </div>
      {progress ? <ExchangeProgress progress={progress} /> : null}
      {fault ? <FaultNotice fault={fault} aside={aside} /> : null}
      {store.read.unreadable > 0 ? (
        <Notice tone="due" title={t("sync.unreadable", { count: store.read.unreadable })}>
          {t("sync.unreadableHint")}
        </Notice>
      ) : null}
      {turnedBack.length > 0 ? (
        <Sheet title={t("sync.refusedTitle")} tone="due">
          <p>{t("sync.refusedHint")}</p>
          <CaseRecords
            records={turnedBack}
            row={(placed) => <RefusedRow key={keyOf(placed)} placed={placed} />}
          />
        </Sheet>
      ) : null}
      {toSend.length > 0 ? (
        <Sheet title={t("sync.waitingTitle")}>
          <CaseRecords records={toSend} row={(placed) => <RecordRow key={keyOf(placed)} placed={placed} />} />
        </Sheet>
      ) : null}
      {arrived.length > 0 ? (
        <Sheet title={t("sync.arrivedTitle")}>
          <CaseRecords
            records={arrived}
            row={(placed) => <RecordRow key={keyOf(placed)} placed={placed} sameState />}
          />
        </Sheet>
      ) : null}
      {nothing ? (
        <EmptyState icon={CloudDownload} title={t("sync.empty")}>
          <p>{t("sync.emptyHint")}</p>
        </EmptyState>
      ) : null}
    </div>
  );
}
