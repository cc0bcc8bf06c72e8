// Says that a new version waits, also beside an open form; nothing happens until somebody takes it.
import { useSyncExternalStore } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import type { Updates } from "./update.ts";

export function UpdateNotice({ updates }: { readonly updates: Updates }) {
  const { t } = useTexts();
  const waiting = useSyncExternalStore(updates.watch, () => updates.waiting);
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
