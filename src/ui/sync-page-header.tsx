// The head of a page that stands behind the sync screen, with the way back to it.
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "./addresses.ts";
import { buttonClass } from "./button.tsx";
import { PageHeader } from "./page-header.tsx";

interface SyncPageHeaderProps {
  readonly title: string;
  readonly detail: string;
  readonly actions?: ReactNode;
}

export function SyncPageHeader(props: SyncPageHeaderProps) {
  const { t } = useTexts();
  return (
    <PageHeader
      {...props}
      back={
        <Link className={buttonClass("quiet")} to={paths.sync} data-action="back">
          <ArrowLeft aria-hidden className="icon" />
          <span>{t("nav.sync")}</span>
        </Link>
      }
    />
  );
}
