// In place of a case of which nothing is here yet: it may be on its way.
import { FolderClock } from "lucide-react";
import { Link } from "react-router";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "./addresses.ts";
import { buttonClass } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";

export function WaitingCase() {
  const { t } = useTexts();
  return (
    <EmptyState
      alone
      icon={FolderClock}
      title={t("case.waiting")}
      action={
        <Link className={buttonClass()} to={paths.cases} data-action="back">
          {t("case.back")}
        </Link>
      }
    >
      <p>{t("case.waiting.why")}</p>
    </EmptyState>
  );
}
