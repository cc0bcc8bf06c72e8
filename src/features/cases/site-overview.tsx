// For a supervisor: where steps are overdue, how many and for how long; each site leads to its cases.
import { Link } from "react-router";
import { sitesWith } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { Badge, DueMark, UrgentMark } from "#src/ui/badge.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { lateBySite, type SiteLateness } from "./late-by-site.ts";

interface SiteOverviewProps {
  readonly files: readonly CaseFile[];
  readonly now: number;
  readonly startsOpen: boolean;
}

/** Beyond this many the list would push the cases out of sight. */
const shortList = 8;

export function SiteOverview({ files, now, startsOpen }: SiteOverviewProps) {
  const { t } = useTexts();
  const { number } = useFormats();
  const { roles } = useWork().profile.account;
  const sites = useQuery(sitesWith, roles, ["supervisor"] as const).filter(({ kind }) => kind !== "office");
  if (sites.length < 2) return null;
  const rows = lateBySite(sites, files, now);
  const overdue = rows.reduce((sum, row) => sum + row.overdue, 0);
  const places = rows.filter((row) => row.overdue > 0).length;
  const summary =
    overdue === 0
      ? t("cases.sites.calm")
      : t("cases.sites.late", { count: overdue, cases: number(overdue), places: number(places) });
  return (
    <Disclosure summary={summary} open={startsOpen && overdue > 0 && rows.length <= shortList}>
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
    </Disclosure>
  );
}

function SiteRow({ row }: { readonly row: SiteLateness }) {
  const { locale } = useTexts();
  const { number } = useFormats();
  const { site, open, urgent, overdue, longest } = row;
  return (
    <tr data-record={site.id}>
      <th scope="row">
        <Link to={{ pathname: paths.cases, search: `?site=${site.siteId}` }}>{site.names[locale]}</Link>
      </th>
      <td>{number(open)}</td>
      <td>{urgent === 0 ? number(0) : <UrgentMark>{number(urgent)}</UrgentMark>}</td>
      <td>{overdue === 0 ? number(0) : <Badge tone="due">{number(overdue)}</Badge>}</td>
      <td>{longest === undefined ? "" : <DueMark date={longest} state="overdue" />}</td>
    </tr>
  );
}
