// Receiving one person: at which site, in which draft, and what shows once the file is there.
import { MapPinOff } from "lucide-react";
import { useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { oneCase } from "#src/data/case-queries.ts";
import { oneSite, sitesWith } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Reader } from "#src/domain/ports/store.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Site } from "#src/domain/records/site.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { linkTo } from "./link-to.tsx";
import { ReceiveForm } from "./receive-form.tsx";
import { SavedScreen } from "./saved-screen.tsx";

/** The site a draft was begun at. */
function siteOfDraft(read: Reader, draftId: string): Site | undefined {
  const draft = read.drafts().find(({ id }) => id === draftId);
  const siteId = draft && parseDatabase(draft.database)?.siteId;
  return siteId === undefined ? undefined : oneSite(read, siteId);
}

export function ReceiveScreen() {
  const { profile, surroundings } = useWork();
  const [parameters] = useSearchParams();
  const draftId = parameters.get("draft") ?? "";
  const saved = useQuery(oneCase, draftId);
  const begunAt = useQuery(siteOfDraft, draftId);
  const sites = useQuery(receivingSites, profile.account.roles);
  const [fresh] = useState(() => newId((count) => surroundings.randomBytes(count)));

  if (saved)
    return (
      <SitePlace siteId={saved.siteId} site={saved.site}>
        <SavedScreen file={saved} />
      </SitePlace>
    );
  const asked = sites.find(({ siteId }) => siteId === parameters.get("site"));
  const site = begunAt ?? asked ?? (sites.length === 1 ? sites[0] : undefined);
  if (!site) return <SiteChoice sites={sites} draftId={draftId || fresh} />;
  // The draft's id stands in the address before the first answer: reload and lock come back to it.
  if (draftId === "") return <Beginning site={site} />;
  return (
    <SitePlace siteId={site.siteId} site={site}>
      <ReceiveForm key={draftId} draftId={draftId} site={site} />
    </SitePlace>
  );
}

/** A new draft's address in place of the plain one; each time the plain one is opened. */
function Beginning({ site }: { readonly site: Site }) {
  const { surroundings } = useWork();
  const [id] = useState(() => newId((count) => surroundings.randomBytes(count)));
  return <Navigate to={addressOfNew(id, site)} replace />;
}

const addressOfNew = (draftId: string, { siteId }: Site): string =>
  `?${new URLSearchParams({ draft: draftId, site: siteId }).toString()}`;

const receivingSites = (read: Reader, roles: readonly string[]) =>
  sitesWith(read, roles, ["cadre", "social_worker"]);

interface SiteChoiceProps {
  readonly sites: readonly Site[];
  readonly draftId: string;
}

function SiteChoice({ sites, draftId }: SiteChoiceProps) {
  const { t, locale } = useTexts();
  if (sites.length === 0) {
    return (
      <EmptyState alone icon={MapPinOff} title={t("receive.site.none")}>
        {t("receive.site.noneWhy")}
      </EmptyState>
    );
  }
  return (
    <div className="page stack">
      <PageHeader title={t("receive.site.title")} />
      <Sheet>
        <Rows label={t("receive.site.title")}>
          {sites.map((site) => (
            <Row
              key={site.id}
              record={site.id}
              title={site.names[locale]}
              link={linkTo(addressOfNew(draftId, site), true)}
            />
          ))}
        </Rows>
      </Sheet>
    </div>
  );
}
