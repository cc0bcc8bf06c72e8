// How far a long exchange has come: in sites where there are many, else in records.
import type { ExchangeState } from "#src/domain/ports/exchange.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ProgressBar } from "#src/ui/progress-bar.tsx";

export function ExchangeProgress({ progress }: Required<Pick<ExchangeState, "progress">>) {
  const { t } = useTexts();
  const { number } = useFormats();
  const { done, pending, sites } = progress;
  if (!sites) return <ProgressBar label={t("sync.progress")} done={done} total={done + pending} />;
  return (
    <div className="stack">
      <ProgressBar label={t("sync.progressSites")} done={sites.done} total={sites.of} />
      <p className="quiet numeric">{t("sync.progressRecords", { count: number(done) })}</p>
    </div>
  );
}
