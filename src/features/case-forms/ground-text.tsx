// The ground of a step in words, with what still has to be checked.
import type { Clock, Profile } from "#src/domain/profiles/profile.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge } from "#src/ui/badge.tsx";

interface GroundTextProps {
  readonly clock: Clock;
  readonly profile: Profile["id"];
  readonly kind: "meets" | "begins";
}

export function GroundText({ clock, profile, kind }: GroundTextProps) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { clockLabel, sourceLabel } = useLabels();
  const { readOn, standing } = clock.source;
  const text = sourceLabel(clock.name, profile);
  return (
    <div className="ground">
      <p>{t(`form.ground.${kind}`, { clock: clockLabel(clock.name, profile) })}</p>
      <p className="cluster quiet">
        <span>{standing === "ours" ? text : t("case.source", { source: text, date: date(readOn) })}</span>
        {standing === "verify" ? <Badge tone="due">{t("case.source.verify")}</Badge> : null}
      </p>
    </div>
  );
}
