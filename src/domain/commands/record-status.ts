// Records a step on the legal axis: notice to the health agency, verification, request, decision.
import type { FormValues } from "#src/domain/record/clean.ts";
import { statusEvent } from "#src/domain/records/status-event.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { type CaseFile, todayAt } from "#src/domain/case-file/case-file.ts";
import { firstOfRun } from "#src/domain/case-file/axis.ts";
import { endOfTerm } from "#src/domain/tasks/terms.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";
import { statusNeeds, statusSteps } from "./steps.ts";

export interface StatusStep {
  readonly caseId: string;
  /** `to` and what the step must name; `from` is where the case stands. */
  readonly statusEvent: FormValues;
}

export type StepError =
  | { readonly type: "NoSuchStep" }
  | { readonly type: "DateInFuture" }
  /** Dotted paths inside the section that must be filled. */
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] };

export type StatusError =
  | StepError
  /** Extended before, and all that may be extended is used up. */
  | { readonly type: "ExtensionOver" };

export const recordStatus: Command<StatusStep, StatusError> = {
  name: "record-status",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file, held } = access.value;
    const step = fromForm(statusEvent, input.statusEvent);
    if (!statusSteps(file, held).includes(step.to)) return err({ type: "NoSuchStep" });
    const today = todayAt(file, acting.now);
    const effectiveOn = step.effectiveOn ?? today;
    if (effectiveOn > today) return err({ type: "DateInFuture" });
    const until = step.to === "extended" ? extendedUntil(file) : undefined;
    if (until !== undefined && effectiveOn > until) return err({ type: "ExtensionOver" });
    const missing = (statusNeeds[step.to] ?? []).filter((field) => step[field] === undefined);
    if (missing.length > 0) return err({ type: "FieldsMissing", fields: missing });
    const record = newRecord(statusEvent, acting, {
      ...step,
      case: input.caseId,
      from: file.status.at,
      effectiveOn,
    });
    return ok([{ database: file.database, record }]);
  },
};

/** The last day of all extensions together, counted from the first; undefined where nothing was extended yet. */
function extendedUntil({ status, profile }: CaseFile): string | undefined {
  if (status.at !== "extended") return undefined;
  const first = firstOfRun(status.path, "extended");
  const clock = profile.clocks.find(({ starts }) => starts.on === "status" && starts.entering === "extended");
  return first && clock ? endOfTerm(first.effectiveOn, clock, profile) : undefined;
}
