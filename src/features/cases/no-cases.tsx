// The first day: says what to do first, for whoever may do it.
import { FolderOpen, UserPlus } from "lucide-react";
import { Link } from "react-router";
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { MovedCases } from "./moved-cases.tsx";

export function NoCases() {
  const { t } = useTexts();
  const { account } = useWork().profile;
  const receives = account.roles.some((text) => {
    const role = parseRole(text)?.role;
    return role === "cadre" || role === "social_worker";
  });
  return (
    <div className="page">
      <PageHeader title={t("nav.cases")} />
      <EmptyState
        icon={FolderOpen}
        title={t("cases.empty")}
        action={
          <Link
            className={buttonClass("primary")}
            to={receives ? paths.receive : paths.sync}
            data-action={receives ? "receive" : "sync"}
          >
            {receives ? <UserPlus aria-hidden className="icon" /> : null}
            <span>{t(receives ? "cases.emptyReceive" : "cases.emptySync")}</span>
          </Link>
        }
      >
        <p>{t(receives ? "cases.emptyHint" : "cases.emptyHintSupervisor")}</p>
      </EmptyState>
      <MovedCases />
    </div>
  );
}
