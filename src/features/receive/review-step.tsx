// Before saving: what will be kept, what was not asked, and the consent where it is still missing.
import { plainPaths } from "#src/domain/case-file/identity.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { needs, urgentFlags } from "#src/domain/records/code-lists.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { consent } from "#src/domain/records/consent.ts";
import { person } from "#src/domain/records/person.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { Button } from "#src/ui/button.tsx";
import { Fact, Facts, type Way } from "#src/ui/facts.tsx";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import { useValueText } from "#src/ui/fields/use-value-text.ts";
import { Sheet } from "#src/ui/sheet.tsx";
import { isLeftOpen, placeOf, questionsOf, stepsFor } from "#src/ui/steps/step.ts";
import { AdultFact } from "./adult-step.tsx";
import { IdentityChoice } from "./identity-choice.tsx";
import { MinorRefuses } from "./minor-refuses.tsx";
import type { StepBodyProps } from "./step-body.tsx";
import {
  consentIsOpen,
  contactConsent,
  isAccompanying,
  minorRefuses,
  neverAtReception,
  needsOf,
  raisedFlags,
  withholdsIdentity,
} from "./steps.ts";
import { ReviewDoubts } from "./review-doubts.tsx";
import { UrgentLeft } from "./urgent-left.tsx";

const personPaths = leavesOf(person.fields).map(([path]) => path) as readonly FieldPath<"person">[];
/** Where the consent that is still missing is asked for, or what becomes of the identity is decided. */
export const consentAskedId = "consent-asked";
const urgentPaths = [...urgentFlags, "restNoTogether"] as const;

/** The step that asks for an answer, as long as it is taken; it leads back here. */
function wayTo({ at, steps, values }: Pick<StepBodyProps, "at" | "steps" | "values">) {
  return (place: string, path: string): Way | undefined => {
    const asking = stepsFor(steps, values).find((step) =>
      questionsOf(step, values).some((question) => placeOf(question) === place && question.path === path),
    );
    return asking && { step: asking.name, go: () => at.visit(asking.name) };
  };
}

export function ReviewStep(props: StepBodyProps) {
  const { site, at, steps, values, draft } = props;
  const { t } = useTexts();
  const { list } = useFormats();
  const { codeLabel, fieldLabel } = useLabels();
  const { answerText } = useValueText();
  const open = stepsFor(steps, values).filter((step) => isLeftOpen(step, values));
  const picked = needsOf(values);
  const way = wayTo(props);
  const facts = <S extends Section>(section: S, paths: readonly FieldPath<S>[]) => (
    <Facts
      section={section}
      paths={paths}
      values={values[section]}
      askedOnly
      way={(path) => way(section, path)}
    />
  );
  const contact = answerAt(values[contactConsent], "decision");
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
      <ReviewDoubts at={at} steps={steps} values={values} />
      <Sheet title={t("receive.review.kept")}>
        {draft.touched ? null : <p>{t("receive.review.nothing")}</p>}
        {facts("consent", ["decision", "givenBy", "minorAssent", "limits", "how", "witness", "language"])}
        {minorRefuses(values) ? <MinorRefuses /> : null}
        {facts("urgentCheck", urgentPaths)}
        {draft.touched ? <UrgentLeft values={values} /> : null}
        {facts("person", withholdsIdentity(values) ? plainPaths : personPaths)}
        {contact.value === undefined && contact.unanswered === undefined ? null : (
          <dl className="facts">
            <Fact
              field="consent.decision"
              label={codeLabel(consent.fields.purpose.list, "contact_at_home")}
              way={way(contactConsent, "decision")}
            >
              {answerText(consent.fields.decision, contact)}
            </Fact>
          </dl>
        )}
        {draft.touched
          ? facts("case", ["group", "receivedAt", "channel", "riskLevel", "nextContactOn"])
          : null}
        {isAccompanying(values) ? <AdultFact values={values} way={way("case", "accompanies")} /> : null}
        {picked.length > 0 ? (
          <dl className="facts">
            <Fact field="planItem.need" label={fieldLabel("planItem", "need")} way={way("planItem", "need")}>
              {list(picked.map((need) => codeLabel(needs, need)))}
            </Fact>
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
