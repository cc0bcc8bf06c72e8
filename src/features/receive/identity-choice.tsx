// Identity was typed, and now there is no consent to keep it: somebody decides in words what becomes of it.
import { identifyingPaths } from "#src/domain/case-file/identity.ts";
import { type Answer, answerAt } from "#src/domain/record/answer.ts";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";
import type { StepBodyProps } from "./step-body.tsx";

// Leaves of a person, known as such to the compiler only where each is written out.
const identityPaths = identifyingPaths as readonly FieldPath<"person">[];

export function IdentityChoice({ at, draft, values }: Pick<StepBodyProps, "at" | "draft" | "values">) {
  const { t } = useTexts();
  const say = useToast();

  function remove(): void {
    const typed = Object.fromEntries(
      identityPaths.map((path): [string, Answer] => [path, answerAt(values["person"], path)]),
    );
    draft.setAnswers("person", Object.fromEntries(identityPaths.map((path) => [path, {}])));
    // With it, its own step is over; the last screen stays.
    const ahead = at.step.name === "identity";
    say(t("receive.identity.removed"), () => draft.setAnswers("person", typed), { ahead });
  }

  return (
    <Sheet tone="due">
      <p>{t("receive.identity.why")}</p>
      <Facts section="person" paths={identityPaths} values={values["person"]} askedOnly />
      <p>{t("receive.identity.what")}</p>
      <div className="cluster">
        <Button action="ask-again" onClick={() => at.visit("consent")}>
          {t("receive.identity.askAgain")}
        </Button>
        <Button action="remove-identity" onClick={remove}>
          {t("receive.identity.remove")}
        </Button>
      </div>
    </Sheet>
  );
}
