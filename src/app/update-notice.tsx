// Says that a new version waits, also beside an open form; nothing happens until somebody takes it. Looks for one where the
// centre does not exchange with this version any more.
import { useEffect, useSyncExternalStore } from "react";
import { useExchange } from "#src/data/use-exchange.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import type { Updates } from "./update.ts";

export function UpdateNotice({ updates }: { readonly updates: Updates }) {
  const { t } = useTexts();
  const waiting = useSyncExternalStore(updates.watch, () => updates.waiting);
  const isTooOld = useExchange().state.fault?.kind === "appTooOld";
  useEffect(() => {
    if (isTooOld) updates.look();
  }, [isTooOld, updates]);
  if (!waiting) return null;
  return (
    <Notice
      tone="info"
      title={t("update.title")}
      actions={
        <Button action="update" onClick={() => updates.take()}>
          {t("update.take")}
        </Button>
      }
    >
      {t("update.hint")}
    </Notice>
  );
}
