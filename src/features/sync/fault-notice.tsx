// What keeps the exchange from going on, what it means for the data, and what to do.
import type { ExchangeFault, SiteAside } from "#src/domain/ports/exchange.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SitesAside } from "./sites-aside.tsx";

interface FaultNoticeProps {
  readonly fault: ExchangeFault;
  /** The sites that alone are concerned, where not all are. */
  readonly aside: readonly SiteAside[];
}

export function FaultNotice({ fault, aside }: FaultNoticeProps) {
  const { t } = useTexts();
  const status = fault.kind === "centreFault" ? fault.status : "";
  return (
    <Notice
      tone={fault.kind === "offline" ? "info" : "due"}
      title={t(`exchange.${fault.kind}`, { status })}
      announce
    >
      <p>{t(`exchange.hint.${fault.kind}`)}</p>
      {fault.kind === "someSites" ? <SitesAside sites={aside} /> : null}
      {fault.kind === "passwordChanged" || fault.kind === "oneTimePassword" ? (
        <PasswordForm key={fault.kind} oneTime={fault.kind === "oneTimePassword"} />
      ) : null}
    </Notice>
  );
}
