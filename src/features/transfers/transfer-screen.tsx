// What another site asks: to take over a case. Who asks, why, how great the risk is, whom to call, and the answer.
import { FolderInput } from "lucide-react";
import { Link, useParams } from "react-router";
import { displayNameOf } from "#src/data/place-queries.ts";
import { dueRequest } from "#src/data/transfer-queries.ts";
import { useNow } from "#src/data/clock.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { type TransferRequest, transferRequest } from "#src/domain/case-file/transfer-request.ts";
import { holdsAny, rolesFor } from "#src/domain/commands/command.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { useFormats } from "#src/i18n/format.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { DueMark, SyncMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { CallList } from "#src/ui/call-list.tsx";
import { dueState } from "#src/ui/due-state.ts";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { Fact, Facts } from "#src/ui/facts.tsx";
import { useFocusInContent } from "#src/ui/focus-content.ts";
import { Notice } from "#src/ui/notice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { AnswerForm } from "./answer-form.tsx";

export function TransferScreen() {
  const { t } = useTexts();
  const { id = "" } = useParams();
  const request = useQuery(transferRequest, id);
  const back = (
    <Link className={buttonClass("quiet")} to={paths.today} data-action="back">
      {t("transfer.toToday")}
    </Link>
  );
  if (!request) {
    return (
      <EmptyState alone icon={FolderInput} title={t("transfer.notHere")} action={back}>
        <p>{t("transfer.notHere.why")}</p>
      </EmptyState>
    );
  }
  const { site } = request;
  return (
    <SitePlace siteId={site.siteId} site={site}>
      <div className="page stack-loose">
        <PageHeader
          title={t("transfer.title")}
          back={back}
          detail={<span className="numeric">{request.entry.record.caseCode}</span>}
        />
        <Asked request={request} />
        <Answer key={id} request={request} />
      </div>
    </SitePlace>
  );
}

function Asked({ request }: { readonly request: TransferRequest }) {
  const { t, locale } = useTexts();
  const { instant, date } = useFormats();
  const { read } = useWork().profile.store;
  const now = useNow();
  const { entry, site, from, state } = request;
  const { record } = entry;
  const { dueOn, nearness } = dueRequest(request, now);
  const isOpen = state === "open";
  return (
    <>
      {isOpen && record.urgentOpen === true ? (
        <Notice tone="urgent" title={t("transfer.urgent")}>
          {t("transfer.urgentWhy")}
        </Notice>
      ) : null}
      <Sheet
        title={t("transfer.asks", {
          site: from?.names[locale] ?? record.fromSite,
          to: site.names[locale],
        })}
        aside={record.riskLevel === undefined ? undefined : <RiskMark level={record.riskLevel} />}
      >
        <Facts
          section="transfer"
          paths={["reason", "ground", "dangerReason"]}
          values={record}
          askedOnly
          lead={
            <>
              <Fact field="transfer.createdBy" label={t("transfer.who")}>
                {displayNameOf(read, record.createdBy)}
              </Fact>
              <Fact field="transfer.createdAt" label={t("transfer.when")}>
                {instant(record.createdAt)}
              </Fact>
              {isOpen ? (
                <Fact field="transfer.dueOn" label={t("transfer.by")}>
                  <span className="cluster">
                    <span className="numeric">{date(dueOn)}</span>
                    <DueMark date={dueOn} state={dueState(nearness)} />
                  </span>
                </Fact>
              ) : null}
            </>
          }
        />
        {from?.phones?.length ? (
          <div className="stack">
            <p>{t("transfer.call")}</p>
            <CallList phones={from.phones} helpLines={[]} />
          </div>
        ) : null}
      </Sheet>
    </>
  );
}

function Answer({ request }: { readonly request: TransferRequest }) {
  const { t } = useTexts();
  const { account } = useWork().profile;
  const { state, site } = request;
  if (state !== "open") return <Outcome request={request} state={state} />;
  if (holdsAny(rolesFor(account.roles, site), caseRoles)) return <AnswerForm request={request} />;
  return <Notice tone="info">{t("error.NotAllowed")}</Notice>;
}

interface OutcomeProps {
  readonly request: TransferRequest;
  readonly state: Exclude<TransferRequest["state"], "open">;
}

function Outcome({ request: { answer, entry }, state }: OutcomeProps) {
  const { t } = useTexts();
  // In place of the buttons that brought it about.
  useFocusInContent();
  return (
    <Notice
      tone={state === "arrived" ? "ok" : "info"}
      title={t(`transfer.state.${state}`)}
      actions={
        state === "arrived" ? (
          <Link className={buttonClass("primary")} to={addressOf.case(entry.record.case ?? "")}>
            {t("transfer.openCase")}
          </Link>
        ) : undefined
      }
    >
      <div className="stack">
        {answer?.record.reason === undefined ? null : <p>{answer.record.reason}</p>}
        <p>{t(`transfer.state.${state}.why`)}</p>
        {answer && state !== "arrived" ? <SyncMark state={answer.sync.state} /> : null}
      </div>
    </Notice>
  );
}
