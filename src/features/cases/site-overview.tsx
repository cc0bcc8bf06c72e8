// For a supervisor: where steps are overdue, how many and for how long; each site leads to its cases.
import { Link } from "react-router";
import { sitesWith } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Site } from "#src/domain/records/site.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { Badge, DueMark, UrgentMark } from "#src/ui/badge.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { Row, Rows } from "#src/ui/sheet.tsx";
import { nextStepOf } from "./next-step.ts";
import { lateBySite, type SiteLateness } from "./late-by-site.ts";

interface SiteOverviewProps {
  readonly files: readonly CaseFile[];
  readonly now: number;
  /** As a table, and open where something is late; else as rows that a narrow screen holds. */
  readonly tabular: boolean;
}

const casesOf = ({ siteId }: Site) => ({ pathname: paths.cases, search: `?site=${siteId}` });

/** Beyond this many the list would push the cases out of sight. */
const shortList = 8;

export function SiteOverview({ files, now, tabular }: SiteOverviewProps) {
  const { t } = useTexts();
  const { number } = useFormats();
  const { account, store } = useWork().profile;
  const sites = useQuery(sitesWith, account.roles, ["supervisor"] as const).filter(
    ({ kind }) => kind !== "office",
  );
  if (sites.length < 2) return null;
  const rows = lateBySite(sites, files, (file) => nextStepOf(store.read, file, now));
  const overdue = rows.reduce((sum, row) => sum + row.overdue, 0);
  const places = rows.filter((row) => row.overdue > 0).length;
  const summary =
    overdue === 0
      ? t("cases.sites.calm")
      : t("cases.sites.late", { count: overdue, cases: number(overdue), places: number(places) });
  return (
    <Disclosure summary={summary} open={tabular && overdue > 0 && rows.length <= shortList}>
      {tabular ? (
        <SiteTable rows={rows} />
      ) : (
        <Rows label={t("cases.sites")}>
          {rows.map((row) => (
            <SiteLine key={row.site.id} row={row} />
          ))}
        </Rows>
      )}
    </Disclosure>
  );
}

interface RowProps {
  readonly row: SiteLateness;
}

function SiteLine({ row }: RowProps) {
  const { t, locale } = useTexts();
  const { number } = useFormats();
  const { site, open, urgent, overdue, longest } = row;
  return (
    <Row
      record={site.id}
      title={site.names[locale]}
      detail={t("cases.sites.line", { open: number(open), overdue: number(overdue) })}
      aside={
        <>
          {urgent === 0 ? null : (
            <UrgentMark>
              {t("cases.urgent")}: {number(urgent)}
            </UrgentMark>
          )}
          {longest === undefined ? null : <DueMark date={longest} state="overdue" />}
        </>
      }
      link={(content, className) => (
        <Link className={className} to={casesOf(site)}>
          {content}
        </Link>
      )}
    />
  );
}

function SiteTable({ rows }: { readonly rows: readonly SiteLateness[] }) {
  const { t } = useTexts();
  return (
    <table className="site-table">
      <caption className="visually-hidden">{t("cases.sites")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("case.site")}</th>
          <th scope="col">{t("cases.sites.open")}</th>
          <th scope="col">{t("cases.urgent")}</th>
          <th scope="col">{t("cases.sites.overdue")}</th>
          <th scope="col">{t("cases.sites.longest")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SiteRow key={row.site.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function SiteRow({ row }: RowProps) {
  const { locale } = useTexts();
  const { number } = useFormats();
  const { site, open, urgent, overdue, longest } = row;
  return (
    <tr data-record={site.id}>
      <th scope="row">
        <Link to={casesOf(site)}>{site.names[locale]}</Link>
      </th>
      <td>{number(open)}</td>
      <td>{urgent === 0 ? number(0) : <UrgentMark>{number(urgent)}</UrgentMark>}</td>
      <td>{overdue === 0 ? number(0) : <Badge tone="due">{number(overdue)}</Badge>}</td>
      <td>{longest === undefined ? "" : <DueMark date={longest} state="overdue" />}</td>
    </tr>
  );
}
