// Everything about one case: what presses, what to do next, who it is, where it stands, what was written.
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "react-router";
import { markSeen, seenUpTo } from "#src/data/case-seen.ts";
import { useNow } from "#src/data/clock.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { isUndecided } from "#src/domain/case-file/undecided.ts";
import { careStages } from "#src/domain/records/code-lists.ts";
import { goesOnElsewhere, tasksIn } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { Badge, SyncMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { CaseDetails } from "./case-details.tsx";
import { ClashNotice } from "./clash-notice.tsx";
import { Consents } from "./consents.tsx";
import { ForkNotices } from "./fork-notice.tsx";
import { NameElsewhere } from "./name-elsewhere.tsx";
import { nameState } from "./name-state.ts";
import { Needs } from "./needs.tsx";
import { nextAction } from "./next-action.ts";
import { NextCard } from "./next-card.tsx";
import { SafeContact } from "./safe-contact.tsx";
import { StandingSheet } from "./standing.tsx";
import { Timeline } from "./timeline-list.tsx";
import { Twins } from "./twins.tsx";
import { TransferNotice } from "./transfer-notice.tsx";
import { UrgentFlags } from "./urgent-flags.tsx";
import { UrgentQuestions } from "./urgent-questions.tsx";
import { useCaseAccess } from "./use-case-access.ts";
import { Who } from "./who.tsx";
import "./case-page.css";

export function CasePage({ file, wide }: { readonly file: CaseFile; readonly wide: boolean }) {
  const { t } = useTexts();
  const { store } = useWork().profile;
  const now = useNow();
  const access = useCaseAccess(file);
  const tasks = useQuery(tasksIn, file, now);
  const elsewhere = useQuery(goesOnElsewhere, file);
  const action = useMemo(
    () => nextAction(file, tasks, access.held, elsewhere),
    [file, tasks, access.held, elsewhere],
  );
  // What was seen before this visit, so that the marks of what is new stay while one reads.
  const [seen] = useState(() => seenUpTo(store.read, file.case.id));
  useEffect(() => {
    void markSeen(store, file, access.me);
  }, [store, file, access.me]);
  const clashing = [...file.entries, ...(file.person ? [file.person] : [])].filter((entry) =>
    isUndecided(entry),
  );
  return (
    <div className="page case-page">
      <Head file={file} wide={wide} />
      {file.entry.newer ? <Notice tone="due">{t("error.MadeByNewerVersion")}</Notice> : null}
      <UrgentFlags file={file} mayWrite={access.mayWrite} />
      <UrgentQuestions file={file} mayWrite={access.mayWrite} first={action.kind === "urgent"} />
      {clashing.map((entry) => (
        <ClashNotice key={entry.record.id} entry={entry} access={access} />
      ))}
      <ForkNotices file={file} access={access} />
      <Twins file={file} access={access} />
      <TransferNotice file={file} tasks={tasks} access={access} />
      <div className="case-columns">
        <NextCard file={file} action={action} access={access} wide={wide} />
        <SafeContact file={file} mayWrite={access.mayWrite} />
      </div>
      <div className="case-columns">
        <div className="case-column">
          <StandingSheet file={file} tasks={tasks} access={access} />
          <Needs file={file} mayWrite={access.mayWrite} />
        </div>
        <div className="case-column">
          <Who file={file} access={access} />
          <CaseDetails file={file} access={access} />
          <Consents file={file} mayWrite={access.mayWrite} />
        </div>
      </div>
      <Timeline file={file} access={access} seen={seen} />
    </div>
  );
}

function Head({ file, wide }: { readonly file: CaseFile; readonly wide: boolean }) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { search } = useLocation();
  const { held } = useCaseAccess(file);
  const name = file.person?.record.displayName;
  const state = nameState(file, held);
  const { riskLevel } = file;
  return (
    <PageHeader
      title={file.case.code}
      back={
        wide ? undefined : (
          <Link className={buttonClass("quiet")} to={{ pathname: paths.cases, search }} data-action="back">
            {t("case.back")}
          </Link>
        )
      }
      detail={
        <>
          {state === "known" ? <MaskedName name={name ?? ""} /> : <span>{t(`case.name.${state}`)}</span>}
          {state === "notKept" ? <NameElsewhere file={file} /> : null}
          <Badge>{codeLabel(careStages, file.stage.at)}</Badge>
          {riskLevel === undefined ? null : <RiskMark level={riskLevel} />}
          <SyncMark state={file.entry.sync.state} />
        </>
      }
    />
  );
}
