// In place of a name that this device does not keep: shown on asking to who may, else why not.
import { Eye } from "lucide-react";
import { useExchange } from "#src/data/use-exchange.ts";
import { useNameElsewhere } from "#src/data/use-name-elsewhere.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { mayOpen } from "#src/domain/roles.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { MaskedName } from "#src/ui/masked-name.tsx";

export function NameElsewhere({ file }: { readonly file: CaseFile }) {
  const { t } = useTexts();
  const { roles } = useWork().profile.account;
  const isOffline = useExchange().state.phase === "offline";
  const { told, ask } = useNameElsewhere(file);
  if (!file.site || !mayOpen("identity", file.site, roles)) return <span>{t("names.NameNotOpen")}</span>;
  if (told.name !== undefined)
    return told.name === "" ? (
      <span>{t("case.name.nameless")}</span>
    ) : (
      <MaskedName name={told.name} shownAtFirst />
    );
  const hindrance = told.fault ?? (isOffline ? "needsNetwork" : undefined);
  return (
    <>
      <Button
        variant="quiet"
        icon={Eye}
        action="fetch-name"
        busy={told.asking === true}
        onClick={() => void ask()}
      >
        {t("names.show")}
      </Button>
      <span role="status">{hindrance ? t(`names.${hindrance}`) : null}</span>
    </>
  );
}
