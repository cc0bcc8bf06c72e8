// Says on every page that the centre names another recovery key than the one this device trusts: somebody must look.
import { Link } from "react-router";
import { foreignKey } from "#src/data/recovery-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";

export function RecoveryNotice() {
  const { t } = useTexts();
  const foreign = useQuery(foreignKey, useWork().profile);
  if (foreign === undefined) return null;
  return (
    <Notice
      tone="due"
      title={t("recovery.changed")}
      actions={
        <Link className={buttonClass("secondary")} to={paths.settings} data-action="recovery-key">
          {t("recovery.look")}
        </Link>
      }
    >
      {t("recovery.changedShort")}
    </Notice>
  );
}
