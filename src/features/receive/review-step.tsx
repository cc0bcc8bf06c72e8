// Before saving: what will be kept, what was not asked, and the consent where it is still missing.
import { plainPaths } from "#src/domain/case-file/identity.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { needs, urgentFlags } from "#src/domain/records/code-lists.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { person } from "#src/domain/records/person.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { Button } from "#src/ui/button.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { isLeftOpen, stepsFor } from "#src/ui/steps/step.ts";
import { AdultFact } from "./adult-step.tsx";
import { IdentityChoice } from "./identity-choice.tsx";
import { MinorRefuses } from "./minor-refuses.tsx";
import type { StepBodyProps } from "./step-body.tsx";
import {
  consentIsOpen,
  isAccompanying,
  minorRefuses,
  neverAtReception,
  needsOf,
  raisedFlags,
  withholdsIdentity,
} from "./steps.ts";

const personPaths = leavesOf(person.fields).map(([path]) => path) as readonly FieldPath<"person">[];
/** Where the consent that is still missing is asked for, or what becomes of the identity is decided. */
export const consentAskedId = "consent-asked";
const urgentPaths = [...urgentFlags, "restNoTogether"] as const;

export function ReviewStep(props: StepBodyProps) {
  const { site, at, steps, values, draft } = props;
  const { t } = useTexts();
  const { list } = useFormats();
  const { codeLabel, fieldLabel } = useLabels();
  const open = stepsFor(steps, values).filter((step) => isLeftOpen(step, values));
  const picked = needsOf(values);
  const facts = <S extends Section>(section: S, paths: readonly FieldPath<S>[]) => (
    <Facts section={section} paths={paths} values={values[section]} askedOnly />
  );
  return (
    <div className="stack-loose">
      <ActNow
        steps={raisedFlags(values).map((flag) => t(`urgent.act.${flag}`))}
        phones={site.phones ?? []}
        helpLines={profiles[site.profile].helpLines}
      />
      {consentIsOpen(values) ? (
        <div id={consentAskedId} role="group" aria-label={t("receive.review.consentMissing")} tabIndex={-1}>
          {withholdsIdentity(values) ? (
            <IdentityChoice at={at} draft={draft} values={values} />
          ) : (
            <Sheet tone="due">
              <RecordField
                section="consent"
                path="decision"
                without={neverAtReception}
                label={t("receive.review.consent")}
                values={values["consent"]}
                onAnswer={(path, answer) => draft.setAnswer("consent", path, answer)}
              />
            </Sheet>
          )}
        </div>
      ) : null}
      <Sheet title={t("receive.review.kept")}>
        {draft.touched ? null : <p>{t("receive.review.nothing")}</p>}
        {facts("consent", ["decision", "givenBy", "minorAssent", "limits", "how", "witness", "language"])}
        {minorRefuses(values) ? <MinorRefuses /> : null}
        {facts("urgentCheck", urgentPaths)}
        {facts("person", withholdsIdentity(values) ? plainPaths : personPaths)}
        {draft.touched
          ? facts("case", ["group", "receivedAt", "channel", "riskLevel", "nextContactOn"])
          : null}
        {isAccompanying(values) ? <AdultFact values={values} /> : null}
        {picked.length > 0 ? (
          <dl className="facts">
            <div className="fact" data-field="planItem.need">
              <dt>{fieldLabel("planItem", "need")}</dt>
              <dd>{list(picked.map((need) => codeLabel(needs, need)))}</dd>
            </div>
          </dl>
        ) : (
          facts("planItem", ["need"])
        )}
      </Sheet>
      {open.length > 0 ? (
        <Sheet title={t("receive.review.open", { count: open.length })}>
          <p className="quiet">{t("receive.review.openWhy")}</p>
          <div className="cluster">
            {open.map(({ name }) => (
              <Button key={name} data-step={name} onClick={() => at.visit(name)}>
                {t(`receive.step.${name}`)}
              </Button>
            ))}
          </div>
        </Sheet>
      ) : null}
    </div>
  );
}
