// On which ground a legal step stands, and which term begins with it, as the country's clocks say.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Clock } from "#src/domain/profiles/profile.ts";

export interface LegalGround {
  /** The term that this step meets. */
  readonly meets: Clock | undefined;
  /** The term that begins with it. */
  readonly begins: Clock | undefined;
}

export function legalGround({ profile, status }: CaseFile, to: string): LegalGround {
  // What is entered once more begins and ends nothing: the term goes on as it was.
  if (to === status.at) return { meets: undefined, begins: undefined };
  const { clocks } = profile;
  return {
    meets: clocks.find(
      ({ starts, ends }) =>
        ends.status?.some((code) => code === to) ||
        (ends.leaving && starts.on === "status" && starts.entering === status.at),
    ),
    begins: clocks.find(({ starts }) => starts.on === "status" && starts.entering === to),
  };
}
