// For a supervisor: how long ago each site was last heard from; silence may mean a lost phone or no coverage.
import { Radio } from "lucide-react";
import { isSilent } from "#src/data/silence.ts";
import { sitesHeardFrom } from "#src/data/sync-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { localDate } from "#src/domain/record/dates.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge } from "#src/ui/badge.tsx";
import { DevicesLink } from "#src/ui/devices-link.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

export function SitesHeard({ now }: { readonly now: number }) {
  const { t, locale } = useTexts();
  const { relativeDay } = useFormats();
  const { timeZone } = usePlace();
  const { account } = useWork().profile;
  const heard = useQuery(sitesHeardFrom, account.roles);
  return (
    <Sheet title={t("today.sites")} aside={<DevicesLink />}>
      <Rows label={t("today.sites")}>
        {heard.map(({ site, at }) => {
          const on = at === undefined ? undefined : localDate(at, timeZone);
          const silent = isSilent(at, now, timeZone);
          const word = on === undefined ? t("today.neverHeard") : t("today.heard", { when: relativeDay(on) });
          return (
            <Row
              key={site.siteId}
              title={site.names[locale]}
              aside={
                <Badge tone={silent ? "due" : "plain"} icon={Radio}>
                  {word}
                </Badge>
              }
            />
          );
        })}
      </Rows>
    </Sheet>
  );
}
