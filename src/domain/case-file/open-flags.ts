// Which urgent flags are open: raised by a check or a visit, and named by no action yet.
import { type UrgentFlag, urgentFlags } from "#src/domain/records/code-lists.ts";
import type { Followup } from "#src/domain/records/followup.ts";
import type { UrgentAction } from "#src/domain/records/urgent-action.ts";
import type { UrgentCheck } from "#src/domain/records/urgent-check.ts";

export interface OpenFlag {
  readonly raisedBy: UrgentCheck | Followup;
  readonly flag: UrgentFlag;
}

/** What a visit found, written down or still in a form, that cannot wait. */
export function flagsOfVisit({
  retraffickingSign,
  outcome,
  domains,
}: Pick<Followup, "retraffickingSign" | "outcome" | "domains">): readonly UrgentFlag[] {
  return [
    ...(retraffickingSign === true ? (["retraffickingSign"] as const) : []),
    ...(outcome === "unsafe_to_visit" ? (["unsafeToVisit"] as const) : []),
    ...(domains?.safety === "bad" ? (["safetyBad"] as const) : []),
  ];
}

export const flagsRaisedBy = (record: UrgentCheck | Followup): readonly UrgentFlag[] =>
  record.type === "followup" ? flagsOfVisit(record) : urgentFlags.filter((flag) => record[flag] === true);

/** In the order of `raising`. */
export function openFlagsOf(
  raising: readonly (UrgentCheck | Followup)[],
  actions: readonly UrgentAction[],
): readonly OpenFlag[] {
  return raising.flatMap((raisedBy) =>
    flagsRaisedBy(raisedBy)
      .filter((flag) => !actions.some((action) => action.raisedBy === raisedBy.id && action.flag === flag))
      .map((flag) => ({ raisedBy, flag })),
  );
}
