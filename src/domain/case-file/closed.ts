// Whether a case is over: closed, and nobody's step stands against that.
import type { CaseFile } from "./case-file.ts";
import { forksOf } from "./forks.ts";

/**
 * While one person closed a case and another, not knowing of it, went on, it is open: visits come due and can be recorded until
 * somebody has decided which step holds (D11).
 */
export function isClosed({ status, stage }: Pick<CaseFile, "status" | "stage">): boolean {
  if (stage.at !== "closed") return false;
  return !forksOf({ status, stage }).some(
    ({ axis, steps: [rival, last] }) => axis === "stage" && last === stage.since && rival.to !== "closed",
  );
}
