// Cases that other sites took over: by code, where they went and when.
import { Link } from "react-router";
import { nameOfSite } from "#src/data/place-queries.ts";
import { movedCases } from "#src/data/transfer-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { localDate } from "#src/domain/record/dates.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Row, Rows } from "#src/ui/sheet.tsx";

export function MovedCases() {
  const { t, locale } = useTexts();
  const { date, number } = useFormats();
  const { timeZone } = usePlace();
  const { read } = useWork().profile.store;
  const moved = useQuery(movedCases);
  if (moved.length === 0) return null;
  return (
    <Disclosure summary={`${t("cases.moved")} (${number(moved.length)})`}>
      <Rows label={t("cases.moved")}>
        {moved.map(({ database, record, sync }) => (
          <Row
            key={`${database} ${record.id}`}
            record={record.id}
            state={sync.state}
            title={<span className="numeric">{record.caseCode}</span>}
            detail={t("cases.moved.to", {
              site: nameOfSite(read, record.toSite, locale),
              date: date(localDate(record.movedAt, timeZone)),
            })}
            link={(content, className) => (
              <Link className={className} to={addressOf.case(record.case ?? "")}>
                {content}
              </Link>
            )}
          />
        ))}
      </Rows>
    </Disclosure>
  );
}
