// The way to the form that meets a term; nothing where whoever looks may not fill it in.
import { Link } from "react-router";
import type { Turn } from "#src/domain/tasks/turn.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "./addresses.ts";
import { buttonClass } from "./button.tsx";

interface TurnLinkProps {
  readonly caseId: string;
  readonly form: Turn["form"];
  /** What the button says where a visit meets it. */
  readonly visit: string;
}

export function TurnLink({ caseId, form, visit }: TurnLinkProps) {
  const { t } = useTexts();
  if (form === undefined) return null;
  // What can be done about a transfer stands on the case's page: whom to call, another site, keeping it.
  if (form === "transfer")
    return (
      <Link className={buttonClass()} to={addressOf.case(caseId)}>
        {t("today.transfer.see")}
      </Link>
    );
  return form === "visit" ? (
    <Link className={buttonClass()} to={addressOf.visit(caseId)} data-action="visit">
      {visit}
    </Link>
  ) : (
    <Link className={buttonClass()} to={addressOf.caseForm(caseId, form)} data-action={form}>
      {t(`case.next.${form}`)}
    </Link>
  );
}
