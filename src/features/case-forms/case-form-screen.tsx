// A form about a case at its address: which one, whether it may be filled in here, and in whose time zone.
import { Lock } from "lucide-react";
import { type ComponentType, useState } from "react";
import { Link, Navigate, useParams, useSearchParams } from "react-router";
import { movedCase } from "#src/data/transfer-queries.ts";
import { oneCase } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { holdsAny, rolesFor } from "#src/domain/commands/command.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, type CaseForm } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { WaitingCase } from "#src/ui/waiting-case.tsx";
import { ConsentForm } from "./consent-form.tsx";
import { ContactForm } from "./contact-form.tsx";
import { DetailsForm } from "./details-form.tsx";
import { DuplicateForm } from "./duplicate-form.tsx";
import { FlagForm } from "./flag-form.tsx";
import type { FormProps } from "./form-props.ts";
import { NoteForm } from "./note-form.tsx";
import { OwnerForm } from "./owner-form.tsx";
import { PersonForm } from "./person-form.tsx";
import { PlanForm } from "./plan-form.tsx";
import { StageForm } from "./stage-form.tsx";
import { StatusForm } from "./status-form.tsx";
import { TransferForm } from "./transfer-form.tsx";
import { UrgentForm } from "./urgent-form.tsx";
import { VoidForm } from "./void-form.tsx";

const forms: Readonly<Record<CaseForm, ComponentType<FormProps>>> = {
  person: PersonForm,
  plan: PlanForm,
  details: DetailsForm,
  owner: OwnerForm,
  status: StatusForm,
  stage: StageForm,
  flag: FlagForm,
  urgent: UrgentForm,
  contact: ContactForm,
  consent: ConsentForm,
  note: NoteForm,
  duplicate: DuplicateForm,
  void: VoidForm,
  transfer: TransferForm,
};

const isForm = (name: string): name is CaseForm => Object.hasOwn(forms, name);

export function CaseFormScreen() {
  const { t } = useTexts();
  const { id = "", form = "" } = useParams();
  const [query] = useSearchParams();
  const about = query.get("about") ?? undefined;
  const { account } = useWork().profile;
  const file = useQuery(oneCase, id);
  const moved = useQuery(movedCase, id);
  const [turn, setTurn] = useState(0);
  if (!isForm(form)) return <Navigate to={addressOf.case(id)} replace />;
  if (!file && moved) return <Navigate to={addressOf.case(id)} replace />;
  if (!file?.site) return <WaitingCase />;
  const held: ReadonlySet<Role> = rolesFor(account.roles, file.site);
  const hindrance = file.entry.newer
    ? "MadeByNewerVersion"
    : holdsAny(held, caseRoles)
      ? undefined
      : "NotAllowed";
  if (hindrance) {
    return (
      <EmptyState
        alone
        icon={Lock}
        title={t("form.cannot")}
        action={
          <Link className={buttonClass()} to={addressOf.case(id)} data-action="back">
            {t("form.back")}
          </Link>
        }
      >
        <p>{t(`error.${hindrance}`)}</p>
      </EmptyState>
    );
  }
  const Form = forms[form];
  return (
    <SitePlace siteId={file.siteId} site={file.site}>
      <Form
        key={`${id} ${form} ${about ?? ""} ${String(turn)}`}
        file={file}
        held={held}
        about={about}
        restart={() => setTurn((count) => count + 1)}
      />
    </SitePlace>
  );
}
