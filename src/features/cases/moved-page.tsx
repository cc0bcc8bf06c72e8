// What is left here of a case that another site took over: where it went, when, and whom to ask; nothing of whom it is about.
import { FolderOutput } from "lucide-react";
import { Link } from "react-router";
import { lateWordsArrivedAt } from "#src/data/transfer-queries.ts";
import { oneSite } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { MovedCase } from "#src/domain/records/moved-case.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { CallList } from "#src/ui/call-list.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";

export function MovedPage({ moved }: { readonly moved: MovedCase }) {
  const { t, locale } = useTexts();
  const { date, dayAndTime } = useFormats();
  const { timeZone } = usePlace();
  const site = useQuery(oneSite, moved.toSite);
  const lateAt = useQuery(lateWordsArrivedAt, moved);
  const on = localDate(moved.movedAt, site?.timeZone ?? timeZone);
  return (
    <EmptyState
      alone
      icon={FolderOutput}
      title={t("case.moved.title", { site: site?.names[locale] ?? moved.toSite })}
      action={
        <Link className={buttonClass()} to={paths.cases} data-action="back">
          {t("case.back")}
        </Link>
      }
    >
      <div className="stack">
        <p className="numeric">{t("case.moved.on", { code: moved.caseCode, date: date(on) })}</p>
        <p>{t("case.moved.why")}</p>
        {lateAt === undefined ? null : <p>{t("case.moved.late", { when: dayAndTime(lateAt) })}</p>}
        <CallList phones={site?.phones ?? []} helpLines={[]} />
      </div>
    </EmptyState>
  );
}
