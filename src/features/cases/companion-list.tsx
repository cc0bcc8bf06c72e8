// Who came together: from a minor's file to the adult's, and from there to each minor's.
import { Link } from "react-router";
import { companionsOf } from "#src/data/companions.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { maskName } from "#src/ui/masked-name.tsx";
import { Row, Rows } from "#src/ui/sheet.tsx";

export function CompanionList({ file }: { readonly file: CaseFile }) {
  const { t } = useTexts();
  const { adult, minors } = useQuery(companionsOf, file.case.id);
  const { accompanies, group } = file.case;
  const isAlone = accompanies === undefined && group === "accompanying_under_18";
  return (
    <>
      {adult || minors.length > 0 ? (
        <Rows label={t("case.companions")}>
          {adult ? <Companion file={adult} as="case.companions.adult" /> : null}
          {minors.map((minor) => (
            <Companion key={minor.case.id} file={minor} as="case.companions.minor" />
          ))}
        </Rows>
      ) : null}
      {isAlone ? <p className="quiet">{t("case.companions.missing")}</p> : null}
      {accompanies !== undefined && !adult ? <p className="quiet">{t("case.companions.coming")}</p> : null}
    </>
  );
}

interface CompanionProps {
  readonly file: CaseFile;
  readonly as: MessageKey;
}

function Companion({ file, as }: CompanionProps) {
  const { t } = useTexts();
  const name = file.person?.record.displayName;
  return (
    <Row
      record={file.case.id}
      title={[file.case.code, name === undefined ? "" : maskName(name)].filter(Boolean).join(" · ")}
      detail={t(as)}
      link={(content, className) => (
        <Link className={className} to={addressOf.case(file.case.id)}>
          {content}
        </Link>
      )}
    />
  );
}
