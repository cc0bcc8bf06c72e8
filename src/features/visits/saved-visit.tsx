// After saving a visit: when to be in touch again, what is new, and where the record is on its way.
import { Link } from "react-router";
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { needs, urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import type { Followup } from "#src/domain/records/followup.ts";
import { nextVisit } from "#src/domain/tasks/visits-due.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { useFocusInContent } from "#src/ui/focus-content.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { SyncMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useSaved } from "#src/ui/way-out.ts";

const syncOf = (read: Reader, id: string) => read.get("followup", id)?.sync.state ?? "local";

export function SavedVisit({ file, visit }: { readonly file: CaseFile; readonly visit: Followup }) {
  useSaved();
  useFocusInContent();
  const { t } = useTexts();
  const { date, list } = useFormats();
  const { codeLabel } = useLabels();
  const state = useQuery(syncOf, visit.id);
  const numbers = useCallNumbers(file.site, file.profile);
  const next = nextVisit(file);
  const { riskLevel, newNeeds } = visit;
  const open = file.openFlags.filter(({ raisedBy }) => raisedBy.id === visit.id);
  return (
    <div className="page stack-loose">
      <PageHeader title={t("visit.saved.title")} detail={<span className="numeric">{file.case.code}</span>} />
      <ActNow steps={open.map(({ flag }) => t(`urgent.act.${flag}`))} {...numbers}>
        {open.map(({ flag }) => (
          <Link
            key={flag}
            className={buttonClass()}
            to={addressOf.flag(file.case.id, visit.id, flag)}
            data-action="flag"
          >
            {t("visit.saved.flag", { flag: codeLabel(urgentFlagCodes, flag) })}
          </Link>
        ))}
      </ActNow>
      <Sheet>
        <div className="stack" data-record={visit.id}>
          <SyncMark state={state} />
          {riskLevel ? <RiskMark level={riskLevel} /> : null}
          {newNeeds && newNeeds.length > 0 ? (
            <p>{t("visit.saved.needs", { needs: list(newNeeds.map((need) => codeLabel(needs, need))) })}</p>
          ) : null}
          {next ? (
            <p>
              {t(next.agreed ? "visit.saved.next" : "visit.saved.bySchedule", {
                date: date(next.on, "long"),
              })}
            </p>
          ) : null}
          {next && !next.agreed ? (
            <Link
              className={buttonClass()}
              to={addressOf.caseForm(file.case.id, "contact")}
              data-action="contact"
            >
              {t("case.do.contact")}
            </Link>
          ) : null}
        </div>
      </Sheet>
      <div className="cluster">
        <Link className={buttonClass("primary")} to={addressOf.case(file.case.id)}>
          {t("visit.saved.open")}
        </Link>
        <Link className={buttonClass()} to={paths.today}>
          {t("visit.saved.today")}
        </Link>
      </div>
    </div>
  );
}
