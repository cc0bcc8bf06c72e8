// What stands in the way of signing in or unlocking, in words, with what to do.
import type { Translate } from "#src/i18n/use-texts.ts";
import type { UnlockTrouble } from "./use-unlock.ts";

export function troubleText(t: Translate, trouble: UnlockTrouble): string {
  switch (trouble.type) {
    case "WaitBeforeTrying":
    case "WaitWhileFull":
      return t(`unlock.fault.${trouble.type}`, { seconds: trouble.seconds });
    case "CentreFault":
      return t("unlock.fault.CentreFault", { status: trouble.status });
    default:
      return t(`unlock.fault.${trouble.type}`);
  }
}
