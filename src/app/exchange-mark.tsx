// The state of the exchange, always in sight: online or not, how many records wait to be sent, and how many were refused.
import { CloudAlert, CloudOff, CloudUpload, Cloud, type LucideIcon, RefreshCw } from "lucide-react";
import { Link } from "react-router";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";
import { useExchange } from "#src/data/use-exchange.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import "./exchange-mark.css";

const icons: Readonly<Record<ExchangeState["phase"], LucideIcon>> = {
  offline: CloudOff,
  idle: Cloud,
  syncing: RefreshCw,
  error: CloudAlert,
};
const words: Readonly<Record<ExchangeState["phase"], MessageKey>> = {
  offline: "sync.phase.offline",
  idle: "sync.phase.idle",
  syncing: "sync.phase.syncing",
  error: "sync.phase.error",
};

export function ExchangeMark() {
  const { t } = useTexts();
  const { state, counts } = useExchange();
  const { waiting, refused } = counts;
  const rests = refused > 0 ? CloudAlert : waiting > 0 ? CloudUpload : icons.idle;
  const Icon = state.phase === "idle" ? rests : icons[state.phase];
  const word = t(words[state.phase]);
  return (
    <Link
      to={paths.sync}
      className="exchange-mark"
      data-sync={state.phase}
      data-waiting={waiting}
      data-refused={refused}
    >
      <Icon aria-hidden className="icon" />
      <span className="exchange-words">
        <span>{word}</span>
        {waiting > 0 ? <span className="exchange-count">{t("sync.waiting", { count: waiting })}</span> : null}
        {refused > 0 ? <span className="exchange-count">{t("sync.refused", { count: refused })}</span> : null}
      </span>
    </Link>
  );
}
