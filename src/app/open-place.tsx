// Where the signed-in person works: the time zone, province and country rules of their first site.
import { type ReactNode, useMemo } from "react";
import { correctedNow } from "#src/data/clock.ts";
import { allSites } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { provinceOf } from "#src/domain/profiles/areas.ts";
import { profileIdOf } from "#src/domain/profiles/index.ts";
import { parseRole } from "#src/domain/roles.ts";
import { PlaceProvider } from "#src/i18n/place.ts";

export function OpenPlace({ children }: { readonly children: ReactNode }) {
  const work = useWork();
  const sites = useQuery(allSites);
  const places = work.profile.account.roles.flatMap((text) => parseRole(text)?.place ?? []);
  const site = sites.find(({ siteId }) => places.includes(siteId)) ?? sites[0];
  const profile = profileIdOf(places[0] ?? "", site);
  const timeZone = site?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const province = site && provinceOf(site);
  const place = useMemo(
    () => ({ profile, province, timeZone, now: () => correctedNow(work) }),
    [profile, province, timeZone, work],
  );
  return <PlaceProvider value={place}>{children}</PlaceProvider>;
}
