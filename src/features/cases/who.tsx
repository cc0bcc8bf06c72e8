// Who the person is, as far as it was asked and may be kept here.
import { Link } from "react-router";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
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
  const mayEdit = access.mayWrite && (file.person !== undefined || state === "notWritten");
  // Somebody of whom either is known is not asked for the other.
  const ageKnown = file.person?.record.birthDate !== undefined;
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
            paths={first.filter((path) => path !== (ageKnown ? "ageYears" : "birthDate"))}
            values={file.person.record}
          />
          <Disclosure summary={t("case.who.more")}>
            <Facts section="person" paths={more} values={file.person.record} />
          </Disclosure>
        </>
      ) : null}
    </Sheet>
  );
}

export function CaseDetails({ file, access }: { readonly file: CaseFile; readonly access: CaseAccess }) {
  const { t, locale } = useTexts();
  const { fieldLabel } = useLabels();
  const { read } = useWork().profile.store;
  const { owner } = file.case;
  return (
    <Sheet
      title={t("case.details")}
      aside={
        access.mayWrite ? (
          <Link className={buttonClass("quiet")} to={addressOf.caseForm(file.case.id, "details")}>
            {t("case.do.details")}
          </Link>
        ) : undefined
      }
    >
      <dl className="facts">
        <div className="fact" data-field="case.owner">
          <dt>{fieldLabel("case", "owner")}</dt>
          <dd className={owner === undefined ? "fact-open" : undefined}>
            {owner === undefined ? t("case.owner.nobody") : displayNameOf(read, owner)}
          </dd>
        </div>
        <div className="fact">
          <dt>{t("case.site")}</dt>
          <dd>{file.site?.names[locale] ?? file.siteId}</dd>
        </div>
      </dl>
      <Facts
        section="case"
        paths={[
          "group",
          "receivedAt",
          "channel",
          "nextContactOn",
          ...(file.profile.regime ? (["regime"] as const) : []),
        ]}
        values={file.case}
      />
    </Sheet>
  );
}
