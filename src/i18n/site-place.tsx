// Where a site is: inside, dates, times and terms are those of the site, not of whoever reads about it.
import { type ReactNode, useMemo } from "react";
import { provinceOf } from "#src/domain/profiles/areas.ts";
import { profileIdOf } from "#src/domain/profiles/index.ts";
import type { Site } from "#src/domain/records/site.ts";
import { PlaceProvider, usePlace } from "./place.ts";

interface SitePlaceProps {
  readonly siteId: string;
  /** Absent while the directory has not arrived: the reader's own time zone, the rules that the id tells. */
  readonly site: Site | undefined;
  readonly children: ReactNode;
}

export function SitePlace({ siteId, site, children }: SitePlaceProps) {
  const { timeZone: ownZone, now } = usePlace();
  const profile = profileIdOf(siteId, site);
  const timeZone = site?.timeZone ?? ownZone;
  const province = site && provinceOf(site);
  const place = useMemo(() => ({ profile, province, timeZone, now }), [profile, province, timeZone, now]);
  return <PlaceProvider value={place}>{children}</PlaceProvider>;
}
