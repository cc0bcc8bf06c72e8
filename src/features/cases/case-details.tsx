// What a case is besides its person: who is responsible, how it came, with whom, and how great the risk is.
import { Link } from "react-router";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { nextVisit } from "#src/domain/tasks/visits-due.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { CompanionList } from "./companion-list.tsx";
import { RiskFound } from "./risk-found.tsx";
import type { CaseAccess } from "./use-case-access.ts";

export function CaseDetails({ file, access }: { readonly file: CaseFile; readonly access: CaseAccess }) {
  const { t, locale } = useTexts();
  const { fieldLabel } = useLabels();
  const { read } = useWork().profile.store;
  const { owner } = file;
  return (
    <Sheet
      title={t("case.details")}
      aside={
        access.mayWrite ? (
          <Link className={buttonClass("quiet")} to={addressOf.caseForm(file.case.id, "details")}>
            {t("case.do.details")}
          </Link>
        ) : undefined
      }
    >
      <dl className="facts">
        <div className="fact" data-field="case.owner">
          <dt>{fieldLabel("case", "owner")}</dt>
          <dd className={owner === undefined ? "fact-open" : undefined}>
            {owner === undefined ? t("case.owner.nobody") : displayNameOf(read, owner)}
          </dd>
        </div>
        <div className="fact">
          <dt>{t("case.site")}</dt>
          <dd>{file.site?.names[locale] ?? file.siteId}</dd>
        </div>
        <NextContact file={file} />
      </dl>
      <Facts
        section="case"
        paths={["group", "receivedAt", "channel", ...(file.profile.regime ? (["regime"] as const) : [])]}
        values={file.case}
      />
      <CompanionList file={file} />
      <RiskFound file={file} access={access} />
    </Sheet>
  );
}

/** What holds now, never the day that was agreed at reception and has passed. */
function NextContact({ file }: { readonly file: CaseFile }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { fieldLabel } = useLabels();
  const next = nextVisit(file);
  if (!next) return null;
  return (
    <div className="fact" data-field="case.nextContactOn">
      <dt>{fieldLabel("case", "nextContactOn")}</dt>
      <dd>{next.agreed ? date(next.on) : t("case.nextBySchedule", { date: date(next.on) })}</dd>
    </div>
  );
}
