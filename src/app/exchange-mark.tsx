// The state of the exchange, always in sight: online or not, and how many records wait to be sent.
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
  const Icon = state.phase === "idle" && waiting > 0 ? CloudUpload : icons[state.phase];
  const word = t(words[state.phase]);
  const count = waiting > 0 ? t("sync.waiting", { count: waiting }) : "";
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
        {count ? <span className="exchange-count">{count}</span> : null}
      </span>
    </Link>
  );
}
