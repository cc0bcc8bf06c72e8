// What other sites ask of this one: to take over a case of which nothing but the request is here.
import { Link } from "react-router";
import type { DueRequest } from "#src/data/transfer-queries.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { DueMark, SyncMark, UrgentMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { CallList } from "#src/ui/call-list.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { dueState } from "#src/ui/due-state.ts";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { Rows, Sheet } from "#src/ui/sheet.tsx";

interface RequestsProps {
  readonly requests: readonly DueRequest[];
  /** For whoever sees more than one site. */
  readonly sited: boolean;
}

export function Requests({ requests, sited }: RequestsProps) {
  const { t } = useTexts();
  if (requests.length === 0) return null;
  const open = requests.filter(({ request }) => request.state === "open");
  const late = open.some(({ nearness }) => nearness === "overdue" || nearness === "today");
  return (
    <Sheet
      title={t("today.requests")}
      tone={late ? "due" : "plain"}
      aside={<span className="numeric">{requests.length}</span>}
    >
      <Rows label={t("today.requests")}>
        {requests.map((due) => (
          <SitePlace
            key={due.request.entry.record.id}
            siteId={due.request.site.siteId}
            site={due.request.site}
          >
            <RequestRow due={due} sited={sited} />
          </SitePlace>
        ))}
      </Rows>
    </Sheet>
  );
}

function RequestRow({ due, sited }: { readonly due: DueRequest; readonly sited: boolean }) {
  const { t, locale } = useTexts();
  const { request, dueOn, nearness } = due;
  const { entry, site, from, state, answer } = request;
  const { id, fromSite, caseCode: code, reason, riskLevel, urgentOpen } = entry.record;
  const name = from?.names[locale] ?? fromSite;
  const isOpen = state === "open";
  const isTakenBack = state === "withdrawn";
  const title = isOpen ? "today.request" : isTakenBack ? "today.requestWithdrawn" : "today.requestComing";
  return (
    <li className="today-case" data-record={id} data-state={(answer ?? entry).sync.state}>
      <div className="cluster today-who">
        <Link className="today-link" to={addressOf.transfer(id)}>
          {t(title, { site: name })}
        </Link>
        <span className="quiet numeric">{code}</span>
        {sited ? <span className="quiet">{t("today.requestFor", { site: site.names[locale] })}</span> : null}
      </div>
      {isOpen ? (
        <div className="today-task">
          <div className="today-words">
            <span className="cluster">
              {urgentOpen === true ? <UrgentMark>{t("cases.urgent")}</UrgentMark> : null}
              {riskLevel === undefined ? null : <RiskMark level={riskLevel} />}
              <DueMark date={dueOn} state={dueState(nearness)} />
            </span>
            <p>{reason}</p>
            {from?.phones?.length ? (
              <Disclosure summary={t("transfer.call")} open={urgentOpen === true}>
                <CallList phones={from.phones} helpLines={[]} />
              </Disclosure>
            ) : null}
          </div>
          <Link className={buttonClass()} to={addressOf.transfer(id)} data-action="answer">
            {t("today.requestAnswer")}
            <span className="visually-hidden">: {code}</span>
          </Link>
        </div>
      ) : answer && !isTakenBack ? (
        <SyncMark state={answer.sync.state} />
      ) : null}
    </li>
  );
}
