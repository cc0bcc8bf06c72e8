// The ground of a step in words, with what still has to be checked.
import type { Clock } from "#src/domain/profiles/profile.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge } from "#src/ui/badge.tsx";

interface GroundTextProps {
  readonly clock: Clock;
  readonly profile: string;
  readonly kind: "meets" | "begins";
}

export function GroundText({ clock, profile, kind }: GroundTextProps) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { text, readOn, standing } = clock.source;
  // A family of keys: `clock.<profile>.<name>`, complete for every clock.
  const name = t(`clock.${profile}.${clock.name}` as MessageKey);
  return (
    <div className="ground">
      <p>{t(`form.ground.${kind}`, { clock: name })}</p>
      <p className="cluster quiet">
        <span>{standing === "ours" ? text : t("case.source", { source: text, date: date(readOn) })}</span>
        {standing === "verify" ? <Badge tone="due">{t("case.source.verify")}</Badge> : null}
      </p>
    </div>
  );
}
