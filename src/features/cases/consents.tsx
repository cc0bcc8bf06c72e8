// What the person agreed to, purpose by purpose; what was never asked is said too.
import { Link } from "react-router";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import { consent } from "#src/domain/records/consent.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

export function Consents({ file, mayWrite }: { readonly file: CaseFile; readonly mayWrite: boolean }) {
  const { t } = useTexts();
  const { codeLabel, nonAnswerLabel } = useLabels();
  const { date } = useFormats();
  const { purpose, decision } = consent.fields;
  return (
    <Sheet
      title={t("case.consents")}
      aside={
        mayWrite ? (
          <Link className={buttonClass("quiet")} to={addressOf.caseForm(file.case.id, "consent")}>
            {t("case.do.consent")}
          </Link>
        ) : undefined
      }
    >
      <Rows label={t("case.consents")}>
        {purpose.list.codes.map((code) => {
          const holds = consentInForce(file.consents, code);
          const latest = file.consents.findLast(
            (known) => known.purpose === code && known.decision === holds,
          );
          return (
            <Row
              key={code}
              {...(latest ? { record: latest.id } : {})}
              title={codeLabel(purpose.list, code)}
              detail={
                latest ? (
                  <>
                    {[latest.onDate === undefined ? "" : date(latest.onDate), latest.limits]
                      .filter(Boolean)
                      .join(" · ")}
                    {latest.minorAssent === false ? (
                      <Notice tone="due" title={t("consent.minor.refuses")}>
                        {t("consent.minor.refusesWhy")}
                      </Notice>
                    ) : null}
                  </>
                ) : undefined
              }
              aside={
                holds === undefined ? (
                  <span className="quiet">{nonAnswerLabel("notAsked")}</span>
                ) : (
                  <Badge tone={holds === "given" ? "accent" : "due"}>{codeLabel(decision.list, holds)}</Badge>
                )
              }
            />
          );
        })}
      </Rows>
    </Sheet>
  );
}
