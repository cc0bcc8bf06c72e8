// Says on every page that the first exchange of this device still goes on, how far it is, what has not come, and when all of it is here.
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { useExchange } from "#src/data/use-exchange.ts";
import { ExchangeProgress } from "#src/features/sync/exchange-progress.tsx";
import { SitesAside } from "#src/features/sync/sites-aside.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { Notice } from "#src/ui/notice.tsx";
import { useToast } from "#src/ui/toast.tsx";

/** What stands on the pages meanwhile is not all: nobody may take a short list for a calm day. */
export function FirstExchange() {
  const { t } = useTexts();
  const { pathname } = useLocation();
  const { state } = useExchange();
  const say = useToast();
  const { firstExchangeAt, lastExchangeAt, phase, progress, aside = [] } = state;
  const goesOn = lastExchangeAt === undefined;
  const went = useRef(false);
  useEffect(() => {
    if (goesOn) went.current = true;
    else if (went.current) {
      went.current = false;
      say(t("exchange.first.done"));
    }
  }, [goesOn, say, t]);
  // There the same is told, with more.
  if (!goesOn || pathname === paths.sync) return null;
  if (firstExchangeAt !== undefined) {
    return (
      <Notice tone="due" title={t("exchange.first.someSites")}>
        <p>{t("exchange.first.someSitesHint")}</p>
        <SitesAside sites={aside} />
      </Notice>
    );
  }
  const broken = phase !== "syncing";
  return (
    <Notice
      tone={broken ? "due" : "info"}
      title={t(broken ? "exchange.first.broken" : "exchange.first.title")}
    >
      <p>{t(broken ? "exchange.first.brokenHint" : "exchange.first.hint")}</p>
      {progress && !broken ? <ExchangeProgress progress={progress} /> : null}
    </Notice>
  );
}
