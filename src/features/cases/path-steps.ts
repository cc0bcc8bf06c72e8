// A case's way along one axis as steps: those taken, where it stands, and what usually lies ahead.
import type { Standing } from "#src/domain/case-file/axis.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";

export interface PathStep {
  readonly key: string;
  readonly code: string;
  readonly state: "done" | "now" | "ahead";
  /** Since which day; absent for the start and for what lies ahead. */
  readonly on?: string;
}

type Axis = Standing<
  string,
  { id: string; createdAt: string; effectiveOn: string; from?: string; to: string }
>;

/** `main` is the usual way in its order; `ahead` is what lies before a case that has left it. */
function stepsOf(axis: Axis, start: string | undefined, main: readonly string[], ahead: readonly string[]) {
  const first = axis.path[0];
  const from: PathStep[] =
    start !== undefined && first?.to !== start
      ? [{ key: "start", code: start, state: axis.path.length === 0 ? "now" : "done" }]
      : [];
  const taken = axis.path.map((event, index): PathStep => ({
    key: event.id,
    code: event.to,
    state: index === axis.path.length - 1 ? "now" : "done",
    on: event.effectiveOn,
  }));
  const rest = main.includes(axis.at) ? main.slice(main.indexOf(axis.at) + 1) : ahead;
  return [
    ...from,
    ...taken,
    ...rest.map((code): PathStep => ({ key: `ahead ${code}`, code, state: "ahead" })),
  ];
}

const aside = ["extended", "not_identified", "not_pursued"];

export function legalPath({ status, profile }: CaseFile): readonly PathStep[] {
  const main = profile.legalStatuses.filter((code) => !aside.includes(code));
  return stepsOf(status, "not_started", main, status.at === "extended" ? ["identified"] : []);
}

export function carePath({ stage }: CaseFile): readonly PathStep[] {
  const main = ["received", "community_support", "reintegration", "closed"];
  const ahead =
    stage.at === "facility_stay" ? main.slice(1) : stage.at === "closure_requested" ? ["closed"] : [];
  return stepsOf(stage, "received", main, ahead);
}
