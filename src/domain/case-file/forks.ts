// Steps of a case that do not follow each other: which stands against which, for a person to decide (D11).
import type { StageEvent } from "#src/domain/records/stage-event.ts";
import type { StatusEvent } from "#src/domain/records/status-event.ts";
import type { CaseFile } from "./case-file.ts";

export interface Fork {
  readonly axis: "status" | "stage";
  /** The one that does not follow is the last. */
  readonly steps: readonly [Step, Step];
}

export type Step = StatusEvent | StageEvent;

/** Two people recorded steps without seeing each other's, or somebody recorded one belatedly that changes what came after. */
export function forksOf({ status, stage }: Pick<CaseFile, "status" | "stage">): readonly Fork[] {
  return [...forksOn("status", status), ...forksOn("stage", stage)];
}

function forksOn<E extends Step>(
  axis: Fork["axis"],
  { path, forks }: { readonly path: readonly E[]; readonly forks: readonly E[] },
): readonly Fork[] {
  return forks.flatMap((fork) => {
    const before = path.slice(0, path.indexOf(fork));
    const rival = before.findLast(({ from }) => from === fork.from) ?? before.at(-1);
    return rival ? [{ axis, steps: [rival, fork] }] : [];
  });
}
