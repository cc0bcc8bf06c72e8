// People in danger first: each open flag, since when, and the way to say what was done about it.
import { Link } from "react-router";
import type { CaseFile, OpenFlag } from "#src/domain/case-file/case-file.ts";
import { urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";

export function UrgentFlags({ file, mayWrite }: { readonly file: CaseFile; readonly mayWrite: boolean }) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { instant } = useFormats();
  const checks = new Map<string, OpenFlag[]>();
  for (const open of file.openFlags) checks.set(open.check.id, [...(checks.get(open.check.id) ?? []), open]);
  return [...checks].map(([checkId, flags]) => (
    <Notice
      key={checkId}
      tone="urgent"
      actions={
        mayWrite ? (
          <Link
            className={buttonClass("primary", true)}
            to={addressOf.caseForm(file.case.id, "flag", checkId)}
            data-action="flag"
          >
            {t("case.next.flag")}
          </Link>
        ) : undefined
      }
    >
      <ul className="urgent-list">
        {flags.map(({ flag }) => (
          <li key={flag}>{codeLabel(urgentFlagCodes, flag)}</li>
        ))}
      </ul>
      <p>{t("case.flag.since", { time: instant(flags[0]?.check.createdAt ?? "") })}</p>
    </Notice>
  ));
}
