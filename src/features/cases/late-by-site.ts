// How much is open, urgent and overdue at each site, the latest first.
import { isClosed } from "#src/domain/case-file/closed.ts";
import { compare } from "#src/domain/case-file/axis.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { NextStep } from "./next-step.ts";

export interface SiteLateness {
  readonly site: Site;
  /** Cases that are not closed. */
  readonly open: number;
  /** Cases with an urgent flag on which nothing was done. */
  readonly urgent: number;
  /** Cases whose next step is overdue. */
  readonly overdue: number;
  /** The day since which a step has been due the longest. */
  readonly longest: string | undefined;
}

export function lateBySite(
  sites: readonly Site[],
  files: readonly CaseFile[],
  stepOf: (file: CaseFile) => NextStep | undefined,
): readonly SiteLateness[] {
  const bySite = new Map(sites.map((site) => [site.siteId, { open: 0, urgent: 0, overdue: 0, longest: "" }]));
  for (const file of files) {
    const sum = bySite.get(file.siteId);
    if (!sum || isClosed(file)) continue;
    sum.open += 1;
    if (file.openFlags.length > 0) sum.urgent += 1;
    const step = stepOf(file);
    if (step?.nearness !== "overdue") continue;
    sum.overdue += 1;
    if (sum.longest === "" || step.dueOn < sum.longest) sum.longest = step.dueOn;
  }
  return sites
    .map((site): SiteLateness => {
      const { longest = "", ...counts } = bySite.get(site.siteId) ?? { open: 0, urgent: 0, overdue: 0 };
      return { site, ...counts, longest: longest || undefined };
    })
    .toSorted(
      (a, b) =>
        b.overdue - a.overdue ||
        compare(a.longest ?? "9999", b.longest ?? "9999") ||
        compare(a.site.siteId, b.site.siteId),
    );
}
