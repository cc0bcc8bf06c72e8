// The question for a site: hundreds of them, found by their names without marks; where the person lives stands first.
import type { Site } from "#src/domain/records/site.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { matchingOptions } from "#src/ui/fields/matching-options.ts";
import { SearchPick } from "./search-pick.tsx";

interface SitePickProps {
  /** Address of the field, also the inputs' `name`. */
  readonly name: string;
  readonly label: string;
  readonly problem?: string | undefined;
  readonly sites: readonly Site[];
  /** Of these, where the person's recorded home is. */
  readonly home: readonly Site[];
  /** The site above each, by its id: many communes are called alike. */
  readonly aboveOf: (site: Site) => Site | undefined;
  readonly chosen: string | undefined;
  readonly onPick: (siteId: string) => void;
}

export function SitePick({ name, label, problem, sites, home, aboveOf, chosen, onPick }: SitePickProps) {
  const { t, locale } = useTexts();
  const options = [...home, ...sites.filter((site) => !home.includes(site))].map((site) => {
    const above = aboveOf(site)?.names[locale];
    const called = [site.names[locale], above].filter(Boolean).join(", ");
    const said = home.includes(site) ? t("form.transfer.atHome", { site: called }) : called;
    return { value: site.siteId, label: said, also: Object.values(site.names) };
  });
  return (
    <SearchPick
      name={name}
      label={label}
      problem={problem}
      words={{
        search: t("form.transfer.search"),
        nothing: t("form.transfer.notFound"),
        found: (count) => t("form.transfer.found", { count }),
        more: t("form.transfer.more"),
      }}
      find={(typed) => matchingOptions(options, typed).map(({ option }) => option)}
      chosen={options.find(({ value }) => value === chosen)}
      onPick={onPick}
    />
  );
}
