// For a supervisor: of which sites this device keeps people's names. Fewer names here, less to lose with the device (D1).
import { sitesWithNames } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Reader } from "#src/domain/ports/store.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Choices } from "#src/ui/fields/choice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";

const keptNames = (read: Reader): readonly string[] => {
  const kept = read.local("keepNames");
  return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
};

export function KeptNames() {
  const { t, locale } = useTexts();
  const { profile, exchange } = useWork();
  const say = useToast();
  const sites = useQuery(sitesWithNames, profile.account.roles);
  const kept = useQuery(keptNames);
  if (sites.length === 0) return null;
  const change = async (siteId: string, on: boolean) => {
    const others = kept.filter((id) => id !== siteId);
    const done = await exchange.keepNames(on ? [...others, siteId] : others);
    if (!done.ok) say(t("settings.namesNotKept"));
  };
  return (
    <Sheet title={t("settings.names")}>
      <p>{t("settings.namesHint")}</p>
      <fieldset className="field field-row">
        <legend className="field-label">{t("settings.namesOf")}</legend>
        <Choices
          name="keepNames"
          multiple
          options={sites.map((site) => ({ value: site.siteId, label: site.names[locale] }))}
          chosen={kept}
          onPick={(siteId, on) => void change(siteId, on)}
        />
      </fieldset>
    </Sheet>
  );
}
