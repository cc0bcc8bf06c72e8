// What the person needs and what is done about it.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { needs, services } from "#src/domain/records/code-lists.ts";
import { planItem, type PlanItem } from "#src/domain/records/plan-item.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

const linkTo = (to: string) => (content: ReactNode, className: string) => (
  <Link className={className} to={to}>
    {content}
  </Link>
);
const byPriority = (a: PlanItem, b: PlanItem) => (a.priority ?? 4) - (b.priority ?? 4);

export function Needs({ file, mayWrite }: { readonly file: CaseFile; readonly mayWrite: boolean }) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { date } = useFormats();
  const states = new Map(file.entries.map(({ record, sync }) => [record.id, sync.state]));
  return (
    <Sheet
      title={t("case.needs")}
      aside={
        mayWrite ? (
          <Link
            className={buttonClass("quiet")}
            to={addressOf.caseForm(file.case.id, "plan")}
            data-action="plan"
          >
            {t("case.needs.add")}
          </Link>
        ) : undefined
      }
    >
      {file.plan.length === 0 ? <p className="quiet">{t("case.needs.none")}</p> : null}
      <Rows label={t("case.needs")}>
        {file.plan.toSorted(byPriority).map((item) => {
          const state = states.get(item.id);
          return (
            <Row
              key={item.id}
              record={item.id}
              {...(state ? { state } : {})}
              title={codeLabel(needs, item.need)}
              {...(mayWrite ? { link: linkTo(addressOf.caseForm(file.case.id, "plan", item.id)) } : {})}
              detail={
                <>
                  {item.inOwnWords === undefined ? null : <p>“{item.inOwnWords}”</p>}
                  <p>
                    {[
                      item.service === undefined ? "" : codeLabel(services, item.service, file.profile.id),
                      item.provider,
                      item.dueOn === undefined ? "" : t("case.needs.until", { date: date(item.dueOn) }),
                      item.deliveredOn === undefined
                        ? ""
                        : t("case.needs.deliveredOn", { date: date(item.deliveredOn) }),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </p>
                </>
              }
              aside={
                <Badge tone={item.status === "delivered" ? "accent" : "plain"}>
                  {codeLabel(planItem.fields.status.list, item.status)}
                </Badge>
              }
            />
          );
        })}
      </Rows>
    </Sheet>
  );
}
