// After saving: the code to write down, what comes next, and where the record is on its way.
import { HeartHandshake, UserRoundPlus } from "lucide-react";
import { Link } from "react-router";
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import { useNow } from "#src/data/clock.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { nextVisit } from "#src/domain/tasks/visits-due.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { useFocusInContent } from "#src/ui/focus-content.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { DueMark, SyncMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { OpenQuestions } from "#src/ui/open-questions.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { useSaved } from "#src/ui/way-out.ts";
import { linkTo } from "./link-to.tsx";
import "./saved-screen.css";

export function SavedScreen({ file }: { readonly file: CaseFile }) {
  useSaved();
  useFocusInContent();
  const { t } = useTexts();
  const { date } = useFormats();
  const notify = tasksOf(file, useNow()).find(
    (task) => task.kind === "clock" && task.clock.name === "notify",
  );
  const consent = consentInForce(file.consents, "open_file");
  const numbers = useCallNumbers(file.site, file.profile);
  const next = nextVisit(file);
  const { id } = file.case;
  return (
    <div className="page stack-loose">
      <PageHeader title={t("receive.saved.title")} />
      <Sheet>
        <p className="quiet">{t("receive.saved.code")}</p>
        <p className="saved-code numeric" data-record={id}>
          {file.case.code}
        </p>
        <SyncMark state={file.entry.sync.state} />
      </Sheet>
      <ActNow steps={file.openFlags.map(({ flag }) => t(`urgent.act.${flag}`))} {...numbers} />
      <Sheet title={t("receive.saved.next")}>
        <Rows label={t("receive.saved.next")}>
          {file.openQuestions.length === 0 ? null : (
            <Row
              title={t("urgent.open.title", { count: file.openQuestions.length })}
              detail={<OpenQuestions questions={file.openQuestions} />}
              link={linkTo(addressOf.caseForm(id, "urgent"))}
            />
          )}
          {notify?.kind === "clock" ? (
            <Row
              title={t(`clock.${file.profile.id}.notify`)}
              aside={
                <DueMark date={notify.dueOn} state={notify.nearness === "overdue" ? "overdue" : "soon"} />
              }
              link={linkTo(addressOf.caseForm(id, "status"))}
            />
          ) : null}
          {consent === "given" ? null : (
            <Row title={t("receive.saved.askConsent")} link={linkTo(addressOf.caseForm(id, "consent"))} />
          )}
          {next ? (
            <Row
              title={t(next.agreed ? "receive.saved.nextContact" : "receive.saved.firstBySchedule", {
                date: date(next.on, "long"),
              })}
              aside={<DueMark date={next.on} state="calm" />}
              {...(next.agreed ? {} : { link: linkTo(addressOf.caseForm(id, "contact")) })}
            />
          ) : null}
        </Rows>
      </Sheet>
      <div className="cluster">
        <Link className={buttonClass("primary")} to={paths.receive} data-action="receive">
          <UserRoundPlus aria-hidden className="icon" />
          <span>{t("receive.saved.another")}</span>
        </Link>
        <Link className={buttonClass()} to={addressOf.case(id)}>
          <HeartHandshake aria-hidden className="icon" />
          <span>{t("receive.saved.open")}</span>
        </Link>
      </div>
    </div>
  );
}
