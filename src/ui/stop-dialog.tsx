// Stopping in the middle of a form: what is kept, and whom to call when help is needed now.
import type { ReactNode } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import { CallList } from "./call-list.tsx";
import { Dialog } from "./dialog.tsx";

interface StopDialogProps {
  readonly phones: readonly string[];
  readonly helpLines: readonly { readonly number: string; readonly name: string }[];
  /** A draft of this form lies on the device. */
  readonly kept: boolean;
  readonly onContinue: () => void;
  /** The link out of the form: `ui.stop.leave`. */
  readonly leave: ReactNode;
}

export function StopDialog({ phones, helpLines, kept, onContinue, leave }: StopDialogProps) {
  const { t } = useTexts();
  return (
    <Dialog
      title={t("ui.stop.title")}
      onClose={onContinue}
      actions={
        <>
          <Button variant="primary" action="continue" onClick={onContinue}>
            {t("ui.stop.continue")}
          </Button>
          {leave}
        </>
      }
    >
      <div className="stack">
        <p>{t(kept ? "ui.stop.saved" : "ui.stop.nothing")}</p>
        <p>{t("ui.stop.call")}</p>
        <CallList phones={phones} helpLines={helpLines} />
      </div>
    </Dialog>
  );
}
