// The sites that cannot be exchanged now, by name, each with why.
import { allSites } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { SiteAside } from "#src/domain/ports/exchange.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

export function SitesAside({ sites }: { readonly sites: readonly SiteAside[] }) {
  const { t, locale } = useTexts();
  const known = useQuery(allSites);
  const nameOf = (siteId: string) => known.find((site) => site.siteId === siteId)?.names[locale] ?? siteId;
  return (
    <ul>
      {sites.map(({ siteId, why }) => (
        <li key={siteId} data-record={`site:${siteId}`}>
          {nameOf(siteId)}: {t(`sync.aside.${why}`)}
        </li>
      ))}
    </ul>
  );
}
