// Who the person is, as far as it was asked and may be kept here.
import { Link } from "react-router";
import { type Age, ageOn, isPerhapsMinor } from "#src/domain/case-file/age.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { mayIdentify } from "#src/domain/case-file/identity.ts";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useAgeText } from "#src/ui/use-age-text.ts";
import { nameState } from "./name-state.ts";
import type { CaseAccess } from "./use-case-access.ts";

const first: readonly FieldPath<"person">[] = [
  "sex",
  "birthDate",
  "ageYears",
  "citizenship",
  "language",
  "homeArea.province",
  "homeArea.commune",
];
const more: readonly FieldPath<"person">[] = [
  "alias",
  "ageAsOf",
  "ethnicity",
  "interpreterNeeded",
  "languagesRead",
  "paperKind",
  "paperNumber",
  "maritalStatus",
  "childrenCount",
  "education",
  "disability",
  "legalRepresentative",
];

export function Who({ file, access }: { readonly file: CaseFile; readonly access: CaseAccess }) {
  const { t } = useTexts();
  const state = nameState(file, access.held);
  const mayEdit = access.mayWrite && (file.person !== undefined || file.case.person === undefined);
  // Where there is no consent, most of it may not even be asked.
  const askedOnly = !mayIdentify(file);
  const { today } = usePlace();
  const age = file.person && ageOn(file.person.record, today);
  // Somebody of whom either is known is not asked for the other; an age that was told stands in the age of today.
  const left = [
    ...(file.person?.record.birthDate === undefined ? ["birthDate"] : []),
    ...(age ? ["ageYears"] : []),
  ];
  return (
    <Sheet
      title={t("case.who")}
      aside={
        mayEdit ? (
          <Link className={buttonClass("quiet")} to={addressOf.caseForm(file.case.id, "person")}>
            {t("case.do.person")}
          </Link>
        ) : undefined
      }
    >
      {state === "known" ? null : <p className="quiet">{t(`case.name.${state}.why`)}</p>}
      {file.person ? (
        <>
          <Facts
            section="person"
            paths={first.filter((path) => !left.includes(path))}
            values={file.person.record}
            askedOnly={askedOnly}
            lead={age ? <AgeFact age={age} /> : null}
          />
          <Disclosure summary={t("case.who.more")}>
            <Facts section="person" paths={more} values={file.person.record} askedOnly={askedOnly} />
          </Disclosure>
        </>
      ) : null}
    </Sheet>
  );
}

function AgeFact({ age }: { readonly age: Age }) {
  const { t } = useTexts();
  const ageText = useAgeText();
  return (
    <div className="fact" data-field="person.ageYears">
      <dt>{t("age.label")}</dt>
      <dd>
        {ageText(age)}
        {isPerhapsMinor(age) && age.to >= 18 ? <p className="quiet">{t("age.perhapsMinor")}</p> : null}
      </dd>
    </div>
  );
}
