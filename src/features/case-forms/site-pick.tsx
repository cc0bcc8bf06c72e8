// The question for a site: hundreds of them, found by their names without marks; where the person lives stands first.
import { useState } from "react";
import type { Site } from "#src/domain/records/site.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Choices } from "#src/ui/fields/choice.tsx";
import { FieldFrame } from "#src/ui/fields/field-frame.tsx";
import { matchingOptions } from "#src/ui/fields/matching-options.ts";

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

/** More would be a list to read on a phone. */
const shownAtMost = 6;

export function SitePick({ name, label, problem, sites, home, aboveOf, chosen, onPick }: SitePickProps) {
  const { t, locale } = useTexts();
  const [typed, setTyped] = useState("");
  const options = [...home, ...sites.filter((site) => !home.includes(site))].map((site) => {
    const above = aboveOf(site)?.names[locale];
    const called = [site.names[locale], above].filter(Boolean).join(", ");
    const said = home.includes(site) ? t("form.transfer.atHome", { site: called }) : called;
    return { value: site.siteId, label: said, also: Object.values(site.names) };
  });
  const found = matchingOptions(options, typed).map(({ option }) => option);
  const picked = options.filter(({ value }) => value === chosen);
  const offered = [...picked, ...found.filter(({ value }) => value !== chosen)].slice(0, shownAtMost);
  return (
    <FieldFrame
      as="radiogroup"
      name={name}
      label={label}
      problem={problem}
      answer={{ value: chosen }}
      nonAnswers={[]}
      onNonAnswer={() => {}}
    >
      {() => (
        <div className="stack">
          <label className="stack">
            <span>{t("form.transfer.search")}</span>
            <input
              type="search"
              className="control"
              name={`${name}.search`}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <p role="status" className="quiet">
            {found.length === 0
              ? t("form.transfer.notFound")
              : t("form.transfer.found", { count: found.length })}
          </p>
          <Choices
            name={name}
            options={offered}
            chosen={chosen === undefined ? [] : [chosen]}
            onPick={(value) => onPick(value)}
          />
          {found.length > shownAtMost ? <p className="quiet">{t("form.transfer.more")}</p> : null}
        </div>
      )}
    </FieldFrame>
  );
}
