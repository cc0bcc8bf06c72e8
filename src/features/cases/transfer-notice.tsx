// Where the transfer of a case stands, for the site that has asked: what it means, and what can be done.
import { useLayoutEffect } from "react";
import { Link } from "react-router";
import { homeSites } from "#src/data/transfer-queries.ts";
import { displayNameOf, nameOfSite, oneSite } from "#src/data/place-queries.ts";
import { useCommand } from "#src/data/use-command.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { withdrawTransfer } from "#src/domain/commands/withdraw-transfer.ts";
import type { SyncState } from "#src/domain/ports/store.ts";
import { answerBy, type Task } from "#src/domain/tasks/tasks.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Button, buttonClass } from "#src/ui/button.tsx";
import { CallList } from "#src/ui/call-list.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { focusContent } from "#src/ui/focus-content.ts";
import { Notice } from "#src/ui/notice.tsx";
import { useToast } from "#src/ui/toast.tsx";
import type { CaseAccess } from "./use-case-access.ts";

interface TransferNoticeProps {
  readonly file: CaseFile;
  readonly tasks: readonly Task[];
  readonly access: CaseAccess;
}

export function TransferNotice({ file, tasks, access }: TransferNoticeProps) {
  const { t, locale } = useTexts();
  const { date, instant } = useFormats();
  const { read } = useWork().profile.store;
  const { transfer } = file;
  // What was pressed here goes away with what it changed.
  useLayoutEffect(focusContent, [transfer.state, transfer.state === "declined" && transfer.settled]);
  if (transfer.state === "none") return <HomeElsewhere file={file} access={access} />;
  if (transfer.state === "moved") return null;
  const asked = transfer.transfer.record;
  const site = nameOfSite(read, asked.toSite, locale);
  if (transfer.state === "accepted") {
    return (
      <Notice tone="info" title={t("case.transfer.accepted", { site })}>
        {t("case.transfer.acceptedWhy")}
      </Notice>
    );
  }
  if (transfer.state === "withdrawn") {
    if (isKnownAtCentre(transfer.answer.sync)) return null;
    return (
      <Notice tone="info" title={t("case.transfer.withdrawn", { site })}>
        {t("case.transfer.withdrawnWhy")}
      </Notice>
    );
  }
  if (transfer.state === "declined") {
    const { createdBy, createdAt, reason = "" } = transfer.answer.record;
    if (transfer.settled) return null;
    return (
      <Notice
        tone="due"
        title={t("case.transfer.declined", { site })}
        actions={
          access.mayWrite ? (
            <>
              <Link
                className={buttonClass("primary")}
                to={addressOf.caseForm(file.case.id, "transfer")}
                data-action="transfer"
              >
                {t("case.next.transfer")}
              </Link>
              <Withdraw caseId={file.case.id} keeps />
            </>
          ) : undefined
        }
      >
        <p>
          {t("case.transfer.by", { who: displayNameOf(read, createdBy), time: instant(createdAt), reason })}
        </p>
        <p>{t("case.transfer.declinedWhy")}</p>
      </Notice>
    );
  }
  const late = tasks.some((task) => task.kind === "transfer" && task.nearness === "overdue");
  const by = { date: date(answerBy(asked, file)) };
  return (
    <Notice
      tone={late ? "due" : "info"}
      title={t(late ? "case.transfer.late" : "case.transfer.asked", { site })}
      actions={access.mayWrite ? <Withdraw caseId={file.case.id} /> : undefined}
    >
      <p>{t(late ? "case.transfer.lateWhy" : "case.transfer.askedWhy", by)}</p>
      {isKnownAtCentre(transfer.transfer.sync) ? null : <p>{t("case.transfer.notSent")}</p>}
      <Calls siteId={asked.toSite} open={late} />
    </Notice>
  );
}

const isKnownAtCentre = ({ state }: SyncState): boolean => state === "sent" || state === "central";

function Calls({ siteId, open }: { readonly siteId: string; readonly open: boolean }) {
  const { t, locale } = useTexts();
  const site = useQuery(oneSite, siteId);
  if (!site?.phones?.length) return null;
  return (
    <Disclosure summary={t("case.transfer.call", { site: site.names[locale] })} open={open}>
      <CallList phones={site.phones} helpLines={[]} />
    </Disclosure>
  );
}

interface WithdrawProps {
  readonly caseId: string;
  /** The other site has declined: the case stays. */
  readonly keeps?: boolean;
}

function Withdraw({ caseId, keeps = false }: WithdrawProps) {
  const { t } = useTexts();
  const run = useCommand(withdrawTransfer);
  const say = useToast();
  const withdraw = async () => {
    const done = await run({ caseId });
    say(
      done.ok
        ? t(keeps ? "case.transfer.keepDone" : "case.transfer.withdrawDone")
        : t(`error.${done.error.type}`),
    );
  };
  return (
    <Button action={keeps ? "keep-case" : "withdraw"} onClick={() => void withdraw()}>
      {t(keeps ? "case.transfer.keep" : "case.transfer.withdraw")}
    </Button>
  );
}

/** Who has returned home is followed up by the commune they live in (domain: reintegration). */
function HomeElsewhere({ file, access }: Pick<TransferNoticeProps, "file" | "access">) {
  const { t, locale } = useTexts();
  const [home, ...others] = useQuery(homeSites, file);
  if (file.stage.at !== "reintegration" || !access.mayWrite || !home || others.length > 0) return null;
  return (
    <Notice
      tone="info"
      title={t("case.do.transfer")}
      actions={
        <Link
          className={buttonClass()}
          to={addressOf.caseForm(file.case.id, "transfer")}
          data-action="transfer"
        >
          {t("case.do.transfer")}
        </Link>
      }
    >
      {t("case.transfer.suggest", { site: home.names[locale] })}
    </Notice>
  );
}
