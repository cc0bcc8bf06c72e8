// What stands on the screen of each step of receiving somebody, beside its plain questions.
import type { OpenDraft } from "#src/data/use-draft.ts";
import { ageOn, isPerhapsMinor } from "#src/domain/case-file/age.ts";
import { provinces } from "#src/domain/profiles/areas.ts";
import { noticeBody } from "#src/domain/profiles/bodies.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import type { Site } from "#src/domain/records/site.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
import { useAgeText } from "#src/ui/use-age-text.ts";
import { StepQuestions } from "#src/ui/steps/step-questions.tsx";
import type { Question, SheetValues, Step } from "#src/ui/steps/step.ts";
import type { Walk } from "#src/ui/steps/walk.ts";
import { ageFactsOf } from "./doubts.ts";
import { AdultStep } from "./adult-step.tsx";
import { Duplicates } from "./duplicates.tsx";
import { IdentityChoice } from "./identity-choice.tsx";
import { MinorRefuses } from "./minor-refuses.tsx";
import { NeedsStep } from "./needs-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { minorRefuses, type StepName, withholdsIdentity } from "./steps.ts";
import { UrgentStep } from "./urgent-step.tsx";

export interface StepBodyProps {
  readonly site: Site;
  readonly at: Walk<StepName>;
  readonly steps: readonly Step<StepName>[];
  /** As shown: with the time of arrival filled in. */
  readonly values: SheetValues;
  readonly draft: OpenDraft;
}

export function StepBody(props: StepBodyProps) {
  const { site, at, values, draft } = props;
  const questions = (
    <StepQuestions
      step={at.step}
      values={values}
      onAnswer={draft.setAnswer}
      onGoOn={at.next}
      extra={(question) => ({
        first: firstChoices(question, site),
        below: question.path === "minorAssent" && minorRefuses(values) ? <MinorRefuses /> : undefined,
      })}
    />
  );
  switch (at.step.name) {
    case "consent":
      return (
        <>
          <Explanation site={site} />
          {questions}
          {withholdsIdentity(values) ? <Withheld site={site} /> : null}
        </>
      );
    case "adult":
      return <AdultStep {...props} />;
    case "identity":
      return <IdentityChoice {...props} />;
    case "urgent":
      return <UrgentStep {...props} />;
    case "name":
      return (
        <>
          {questions}
          <Duplicates identity={values["person"]} />
        </>
      );
    case "age":
      return (
        <>
          {questions}
          <MinorAlone values={values} />
          <Duplicates identity={values["person"]} />
        </>
      );
    case "needs":
      return <NeedsStep {...props} />;
    case "review":
      return <ReviewStep {...props} />;
    default:
      return questions;
  }
}

/** People mostly come from the province they are received in, or are on their way through it. */
function firstChoices({ path }: Question, { siteId, ancestors }: Site): readonly string[] | undefined {
  if (path !== "homeArea.province") return undefined;
  return [siteId, ...ancestors].filter((place) => provinces.codes.some((code) => code === place));
}

/** Who is told of the reception, in the reader's language and as the country calls it. */
function useTold(site: Site): string {
  const { t } = useTexts();
  return t(`receive.consent.told.${site.profile}`, { body: noticeBody(site.profile, site) });
}

function Explanation({ site }: Pick<StepBodyProps, "site">) {
  const { t } = useTexts();
  const body = useTold(site);
  return (
    <Notice tone="info" title={t("receive.consent.readAloud")}>
      {t("receive.consent.explain", { body })}
    </Notice>
  );
}

function Withheld({ site }: Pick<StepBodyProps, "site">) {
  const { t } = useTexts();
  const body = useTold(site);
  return (
    <Notice tone="ok" title={t("receive.consent.withheld")} announce>
      <p>{t("receive.consent.byCode", { body })}</p>
    </Notice>
  );
}

/** Under 18 with nobody but themselves asked for consent. */
function MinorAlone({ values }: { readonly values: SheetValues }) {
  const { t } = useTexts();
  const { today } = usePlace();
  const ageText = useAgeText();
  const age = ageOn(ageFactsOf(values), today);
  if (!age || !isPerhapsMinor(age) || valueAt(values["consent"], "givenBy") !== "self") return null;
  return (
    <Notice tone="info" {...(age.to < 18 ? {} : { title: ageText(age) })} announce>
      {age.to < 18 ? null : <p>{t("age.perhapsMinor")}</p>}
      <p>{t("receive.age.minor")}</p>
    </Notice>
  );
}
