// A person is in danger: what to do at once, and whom to call.
import type { ReactNode } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { CallList } from "./call-list.tsx";
import { Notice } from "./notice.tsx";

interface ActNowProps {
  /** One sentence for each danger. */
  readonly steps: readonly string[];
  readonly phones: readonly string[];
  readonly helpLines: readonly { readonly number: string; readonly name: string }[];
  readonly children?: ReactNode;
}

export function ActNow({ steps, phones, helpLines, children }: ActNowProps) {
  const { t } = useTexts();
  if (steps.length === 0) return null;
  return (
    <Notice tone="urgent" title={t("ui.actNow.title")} announce>
      <div className="stack">
        <ul className="stack">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <CallList phones={phones} helpLines={helpLines} />
        <p>{t("ui.actNow.supervisor")}</p>
        {children}
      </div>
    </Notice>
  );
}
