// Recording a visit: waits for a case that is not here yet, says what stands in the way, resumes what was begun.
import { isClosed } from "#src/domain/case-file/closed.ts";
import { CircleSlash, Hourglass, Lock } from "lucide-react";
import { useState } from "react";
import { Link, Navigate, useParams, useSearchParams } from "react-router";
import { movedCase } from "#src/data/transfer-queries.ts";
import { oneCase } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { holdsAny, rolesFor } from "#src/domain/commands/command.ts";
import type { Draft, Reader } from "#src/domain/ports/store.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Followup } from "#src/domain/records/followup.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { SavedVisit } from "./saved-visit.tsx";
import { VisitForm } from "./visit-form.tsx";

const visitOf = (read: Reader, id: string): Followup | undefined => read.get("followup", id)?.record;

/** A visit of this case that was begun and not finished. */
const begunFor = (read: Reader, caseId: string): Draft | undefined =>
  read.drafts().find(({ form, case: of }) => form === "visit" && of === caseId);

export function VisitScreen() {
  const { t } = useTexts();
  const { profile } = useWork();
  const { id: caseId = "" } = useParams();
  const [parameters] = useSearchParams();
  const draftId = parameters.get("draft") ?? "";
  const file = useQuery(oneCase, caseId);
  const moved = useQuery(movedCase, caseId);
  const saved = useQuery(visitOf, draftId);

  // It went to another site: its page says where.
  if (!file && moved) return <Navigate to={addressOf.case(caseId)} replace />;
  if (!file?.site) {
    return (
      <EmptyState
        alone
        icon={Hourglass}
        title={t("visit.waiting.title")}
        action={
          <Link className={buttonClass()} to={paths.cases}>
            {t("visit.waiting.cases")}
          </Link>
        }
      >
        {t("visit.waiting.why")}
      </EmptyState>
    );
  }
  if (saved) return <SavedVisit file={file} visit={saved} />;
  const toFile = (
    <Link className={buttonClass()} to={addressOf.case(caseId)}>
      {t("visit.saved.open")}
    </Link>
  );
  if (!holdsAny(rolesFor(profile.account.roles, file.site), caseRoles)) {
    return (
      <EmptyState alone icon={CircleSlash} title={t("visit.notAllowed.title")} action={toFile}>
        {t("error.NotAllowed")}
      </EmptyState>
    );
  }
  if (isClosed(file)) {
    return (
      <EmptyState alone icon={Lock} title={t("visit.closed.title")} action={toFile}>
        {t("error.CaseClosed")}
      </EmptyState>
    );
  }
  if (draftId === "") return <Beginning key={caseId} caseId={caseId} />;
  return (
    <SitePlace siteId={file.siteId} site={file.site}>
      <VisitForm key={draftId} draftId={draftId} file={file} site={file.site} />
    </SitePlace>
  );
}

/** The address of the draft in place of the plain one: the one that was begun, else a new one. */
function Beginning({ caseId }: { readonly caseId: string }) {
  const { surroundings } = useWork();
  const begun = useQuery(begunFor, caseId);
  const [fresh] = useState(() => newId((count) => surroundings.randomBytes(count)));
  return <Navigate to={`?${new URLSearchParams({ draft: begun?.id ?? fresh }).toString()}`} replace />;
}
