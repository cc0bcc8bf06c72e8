// People in danger first: each open flag, what to do now and whom to call, since when, and the way to say what was done.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { OpenFlag } from "#src/domain/case-file/open-flags.ts";
import { urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { CallList } from "#src/ui/call-list.tsx";
import { Notice } from "#src/ui/notice.tsx";

export function UrgentFlags({ file, mayWrite }: { readonly file: CaseFile; readonly mayWrite: boolean }) {
  const numbers = useCallNumbers(file.site, file.profile);
  return file.openFlags.map((open, index) => (
    <UrgentNotice
      key={`${open.raisedBy.id} ${open.flag}`}
      open={open}
      // One biggest thing on the page.
      variant={index === 0 ? "primary" : "secondary"}
      // The numbers are the same for all of them, and stand at the top.
      calls={index === 0 ? <CallList {...numbers} /> : null}
      address={mayWrite ? addressOf.flag(file.case.id, open.raisedBy.id, open.flag) : undefined}
    />
  ));
}

interface UrgentNoticeProps {
  readonly open: OpenFlag;
  readonly variant: "primary" | "secondary";
  readonly calls: ReactNode;
  /** Where to say what was done, for whoever may. */
  readonly address: string | undefined;
}

function UrgentNotice({ open, variant, calls, address }: UrgentNoticeProps) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { instant } = useFormats();
  const name = codeLabel(urgentFlagCodes, open.flag);
  return (
    <Notice
      tone="urgent"
      title={`${t("ui.tone.urgent")}: ${name}`}
      actions={
        address === undefined ? undefined : (
          <Link className={buttonClass(variant, true)} to={address} data-action="flag">
            {t("case.next.flag")}
            <span className="visually-hidden">: {name}</span>
          </Link>
        )
      }
    >
      <div className="stack">
        <p>{t(`urgent.act.${open.flag}`)}</p>
        {calls}
        <p>{t("case.flag.since", { time: instant(open.raisedBy.createdAt) })}</p>
      </div>
    </Notice>
  );
}
