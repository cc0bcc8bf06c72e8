// Whether what is typed lies safely on this device, in words; a fault says what to do.
import { Check, LoaderCircle } from "lucide-react";
import type { StoreFault } from "#src/domain/ports/store.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "./notice.tsx";

export function DraftMark({ state }: { readonly state: "saved" | "saving" | StoreFault }) {
  const { t } = useTexts();
  if (typeof state === "object") {
    return (
      <Notice tone="due" title={t("ui.draft.notSaved")} announce>
        {t(`error.${state.type}`)}
      </Notice>
    );
  }
  const Icon = state === "saved" ? Check : LoaderCircle;
  return (
    <span className="cluster quiet">
      <Icon aria-hidden className="icon" />
      <span>{t(`ui.draft.${state}`)}</span>
    </span>
  );
}
