// One case at its address; on a wide screen beside the list it was chosen from.
import { Navigate, useParams } from "react-router";
import { movedCase, requestAbout } from "#src/data/transfer-queries.ts";
import { oneCase } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { addressOf } from "#src/ui/addresses.ts";
import { MasterDetail } from "#src/ui/master-detail.tsx";
import { WaitingCase } from "#src/ui/waiting-case.tsx";
import { useWide } from "#src/ui/use-wide.ts";
import { CaseList } from "./case-list.tsx";
import { CasePage } from "./case-page.tsx";
import { LeftDrafts } from "./left-drafts.tsx";
import { MovedPage } from "./moved-page.tsx";

export function CaseScreen() {
  const { id = "" } = useParams();
  const wide = useWide();
  const detail = <Detail key={id} id={id} wide={wide} />;
  return wide ? <MasterDetail list={<CaseList selected={id} wide />} detail={detail} /> : detail;
}

function Detail({ id, wide }: { readonly id: string; readonly wide: boolean }) {
  const file = useQuery(oneCase, id);
  const moved = useQuery(movedCase, id);
  if (!file && moved) {
    return (
      <div className="page">
        <MovedPage moved={moved.record} />
        <LeftDrafts caseId={id} />
      </div>
    );
  }
  if (!file) return <NotHere id={id} />;
  return (
    <SitePlace siteId={file.siteId} site={file.site}>
      <CasePage file={file} wide={wide} />
    </SitePlace>
  );
}

function NotHere({ id }: { readonly id: string }) {
  const request = useQuery(requestAbout, id);
  // It comes only when somebody here has accepted it: that is answered there.
  if (request) return <Navigate to={addressOf.transfer(request.entry.record.id)} replace />;
  return (
    <div className="page">
      <WaitingCase />
    </div>
  );
}
