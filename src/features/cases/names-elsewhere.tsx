// Under a search that found nothing: names that this device does not keep cannot be found on it.
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { rolesFor } from "#src/domain/commands/command.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { nameState } from "./name-state.ts";

export function NamesElsewhere({ files }: { readonly files: readonly CaseFile[] }) {
  const { t } = useTexts();
  const { roles } = useWork().profile.account;
  const isAny = files.some((file) => file.site && nameState(file, rolesFor(roles, file.site)) === "notKept");
  return isAny ? <p>{t("cases.nothingNames")}</p> : null;
}
