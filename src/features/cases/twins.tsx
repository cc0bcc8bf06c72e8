// Other files of the site that are about the same person, or may be: where the work goes on, and who decides.
import { Link } from "react-router";
import { twinsOf } from "#src/data/case-queries.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { maskName } from "#src/ui/masked-name.tsx";
import { Notice } from "#src/ui/notice.tsx";
import type { CaseAccess } from "./use-case-access.ts";

interface TwinsProps {
  readonly file: CaseFile;
  readonly access: CaseAccess;
}

export function Twins({ file, access }: TwinsProps) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { timeZone } = usePlace();
  const { read } = useWork().profile.store;
  const { yielding, main, given, likely } = useQuery(twinsOf, file);
  const mayJudge = access.mayWrite && access.held.has("supervisor");
  const { id } = file.case;
  return (
    <>
      {yielding ? (
        <Notice
          tone="due"
          title={t("case.twin.yields", { code: main?.case.code ?? t("case.twin.notHere") })}
          actions={
            <>
              {main ? (
                <Link
                  className={buttonClass("primary")}
                  to={addressOf.case(main.case.id)}
                  data-action="open-twin"
                >
                  {t("case.twin.goOn", { code: main.case.code })}
                </Link>
              ) : null}
              {mayJudge || (access.mayWrite && yielding.createdBy === access.me) ? (
                <Link
                  className={buttonClass()}
                  to={addressOf.caseForm(id, "void", yielding.id)}
                  data-action="untwin"
                >
                  {t("case.twin.undo")}
                </Link>
              ) : null}
            </>
          }
        >
          <p>
            {t("case.twin.said", {
              who: displayNameOf(read, yielding.createdBy),
              date: date(localDate(yielding.createdAt, timeZone)),
              reason: yielding.reason,
            })}
          </p>
          <p>{t(main ? "case.twin.what" : "case.twin.waits")}</p>
        </Notice>
      ) : null}
      {given.map((other) => (
        <Notice
          key={other.case.id}
          tone="info"
          title={t("case.twin.given", { code: other.case.code })}
          actions={
            <Link className={buttonClass()} to={addressOf.case(other.case.id)} data-action="open-twin">
              {t("case.twin.open", { code: other.case.code })}
            </Link>
          }
        >
          <p>{t("case.twin.givenWhat")}</p>
        </Notice>
      ))}
      {likely.map((pair) => {
        const [earlier, later] = pair;
        const other = earlier === file ? later : earlier;
        const name = other.person?.record.displayName;
        return (
          <Notice
            key={other.case.id}
            tone="due"
            title={t("case.twin.likely", { code: other.case.code })}
            actions={
              <>
                <Link className={buttonClass()} to={addressOf.case(other.case.id)} data-action="open-twin">
                  {t("case.twin.open", { code: other.case.code })}
                </Link>
                {mayJudge ? (
                  <Link
                    className={buttonClass("primary")}
                    to={addressOf.caseForm(later.case.id, "duplicate", earlier.case.id)}
                    data-action="judge-twin"
                  >
                    {t("case.twin.judge")}
                  </Link>
                ) : null}
              </>
            }
          >
            {name === undefined ? null : <p>{maskName(name)}</p>}
            <p>{t(mayJudge ? "case.twin.likelyYours" : "case.twin.likelyTheirs")}</p>
          </Notice>
        );
      })}
    </>
  );
}
