// A person is in danger: what to do at once, and whom to call.
import type { ReactNode } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { CallList, type CallListProps } from "./call-list.tsx";
import { Notice } from "./notice.tsx";

interface ActNowProps extends CallListProps {
  /** One sentence for each danger. */
  readonly steps: readonly string[];
  readonly children?: ReactNode;
}

export function ActNow({ steps, children, ...numbers }: ActNowProps) {
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
        <CallList {...numbers} />
        <p>{t("ui.actNow.supervisor")}</p>
        {children}
      </div>
    </Notice>
  );
}
