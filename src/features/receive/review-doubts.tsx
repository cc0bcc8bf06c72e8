// On the last screen: what may be worth another look, each with the way to its step.
import type { Age } from "#src/domain/case-file/age.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { type Doubt, doubtsOf } from "./doubts.ts";
import type { StepBodyProps } from "./step-body.tsx";

export function ReviewDoubts({ at, steps, values }: Pick<StepBodyProps, "at" | "steps" | "values">) {
  const { t } = useTexts();
  const { today } = usePlace();
  const said = useDoubtText();
  return doubtsOf(steps, values, today).map((doubt) => (
    <Notice
      key={`${doubt.step} ${doubt.kind}`}
      tone="info"
      title={said(doubt)}
      actions={
        <Button data-step={doubt.step} onClick={() => at.visit(doubt.step)}>
          {t("receive.doubt.look", { step: t(`receive.step.${doubt.step}`) })}
        </Button>
      }
    />
  ));
}

function useDoubtText(): (doubt: Doubt) => string {
  const { t } = useTexts();
  const { list } = useFormats();
  const years = ({ from, to }: Age) =>
    from === to ? t("age.exact", { from }) : t("age.between", { from, to });
  return (doubt) => {
    switch (doubt.kind) {
      case "unread":
        return t("receive.doubt.unread", { what: list(doubt.typed.map((text) => t("ui.quoted", { text }))) });
      case "age":
        return t("receive.doubt.age", { told: years(doubt.told), born: years(doubt.born) });
      case "minor":
        return t("receive.doubt.minor");
      case "phone":
        return t("receive.doubt.phone", { phone: doubt.phone });
    }
  };
}
