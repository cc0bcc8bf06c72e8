// Today: what has to be done, the most pressing first; then what was begun and not finished.
import { CalendarCheck, ClipboardList, UserPlus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { allCases, allTasks } from "#src/data/case-queries.ts";
import { requestsFor } from "#src/data/transfer-queries.ts";
import { useNow } from "#src/data/clock.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { Button, buttonClass } from "#src/ui/button.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Rows, Sheet } from "#src/ui/sheet.tsx";
import { CaseCard } from "./case-card.tsx";
import { type CaseGroup, groupByCase } from "./case-groups.ts";
import { Clashes } from "./clashes.tsx";
import { Drafts, GoOn } from "./drafts.tsx";
import { LikelyDuplicates } from "./likely-duplicates.tsx";
import { Requests } from "./requests.tsx";
import { SitesHeard } from "./sites-heard.tsx";
import "./today-screen.css";

export function TodayScreen() {
  const { t } = useTexts();
  const { date } = useFormats();
  const { today } = usePlace();
  const { account } = useWork().profile;
  const now = useNow();
  const tasks = useQuery(allTasks, now);
  const cases = useQuery(allCases);
  const requests = useQuery(requestsFor, account.roles, now);
  // Who answers for both sites is told once: by the request, which is for them to answer.
  const asked = new Set(requests.map(({ request }) => request.entry.record.id));
  const groups = groupByCase(
    tasks.filter((task) => task.kind !== "transfer" || !asked.has(task.standing.transfer.record.id)),
    account,
  );
  const urgent = groups.filter(({ name }) => name === "urgent");
  const others = groups.filter(({ name }) => name !== "urgent");
  const sited = new Set(cases.map(({ siteId }) => siteId)).size > 1;
  const roles = account.roles.map((text) => parseRole(text)?.role);
  const isSupervisor = roles.includes("supervisor");
  const receives = roles.includes("cadre") || roles.includes("social_worker");
  return (
    <div className="page stack-loose today">
      <PageHeader
        title={t(isSupervisor ? "nav.overview" : "nav.today")}
        detail={date(today, "long")}
        actions={
          receives ? (
            <>
              <Link to={paths.receive} className={buttonClass("primary")} data-action="receive">
                <UserPlus aria-hidden className="icon" />
                <span>{t("today.receive")}</span>
              </Link>
              <GoOn />
            </>
          ) : undefined
        }
      />
      {cases.length === 0 && requests.length === 0 ? (
        <EmptyState icon={ClipboardList} title={t("today.empty")}>
          <p>{t(receives ? "today.emptyHint" : "today.emptySupervisor")}</p>
        </EmptyState>
      ) : null}
      <div className="today-columns stack-loose">
        <div className="stack-loose">
          {urgent.map((group) => (
            <Group key={group.name} group={group} sited={sited} />
          ))}
          <Requests requests={requests} sited={sited} />
          <Clashes sited={sited} />
          <LikelyDuplicates />
          {others.map((group) => (
            <Group key={group.name} group={group} sited={sited} />
          ))}
          {cases.length > 0 && groups.length === 0 && requests.length === 0 ? (
            <EmptyState icon={CalendarCheck} title={t("today.nothingDue")}>
              <p>{t("today.nothingDueHint")}</p>
            </EmptyState>
          ) : null}
        </div>
        <div className="stack-loose">
          <Drafts />
          {isSupervisor ? <SitesHeard now={now} /> : null}
        </div>
      </div>
    </div>
  );
}

/** A supervisor of many sites has thousands: the most pressing are here at once. */
const chunk = 30;

function Group({ group, sited }: { readonly group: CaseGroup; readonly sited: boolean }) {
  const { t } = useTexts();
  const { name, tone, cases } = group;
  const [shown, setShown] = useState(chunk);
  const left = cases.length - shown;
  return (
    <Sheet title={t(`today.${name}`)} tone={tone} aside={<span className="numeric">{cases.length}</span>}>
      <Rows label={t(`today.${name}`)}>
        {cases.slice(0, shown).map((due) => (
          <CaseCard key={due.file.case.id} due={due} sited={sited} />
        ))}
      </Rows>
      {left > 0 ? (
        <Button action="more" onClick={() => setShown(shown + chunk)}>
          {t("cases.more", { count: Math.min(chunk, left) })}
        </Button>
      ) : null}
    </Sheet>
  );
}
