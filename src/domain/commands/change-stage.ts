// Records a step on the care axis: into a facility, the community, back home, towards closing, or reopened.
import type { FormValues } from "#src/domain/record/clean.ts";
import { case_ } from "#src/domain/records/case.ts";
import { stageEvent } from "#src/domain/records/stage-event.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { amended, type Command, fromForm, newRecord } from "./command.ts";
import type { StepError } from "./record-status.ts";
import { stageSteps } from "./steps.ts";

export interface StageStep {
  readonly caseId: string;
  readonly stageEvent: FormValues;
  /** Of a case that is closed and has a high risk: the supervisor closes it all the same. */
  readonly overrideRisk?: boolean;
  /** Of a case that is reopened: the day to be in touch, local to the site. */
  readonly nextContactOn?: string | undefined;
}

export type StageError =
  | StepError
  /** Nobody is let go with an urgent flag on which nothing was done. */
  | { readonly type: "UrgentFlagOpen" }
  /** The last risk level is high: only with the supervisor's written reason why it is closed all the same. */
  | { readonly type: "RiskHigh" }
  | { readonly type: "NextBeforeReopening" };

export const changeStage: Command<StageStep, StageError> = {
  name: "change-stage",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file, held } = access.value;
    const step = fromForm(stageEvent, input.stageEvent);
    if (!stageSteps(file, held).includes(step.to)) return err({ type: "NoSuchStep" });
    const today = todayAt(file, acting.now);
    const effectiveOn = step.effectiveOn ?? today;
    if (effectiveOn > today) return err({ type: "DateInFuture" });
    const closing = step.to === "closed" || step.to === "closure_requested";
    if (closing && step.reason === undefined) return err({ type: "FieldsMissing", fields: ["reason"] });
    if (step.to === "closed") {
      if (file.openFlags.length > 0) return err({ type: "UrgentFlagOpen" });
      if (file.case.riskLevel === "high" && input.overrideRisk !== true) return err({ type: "RiskHigh" });
    }
    const { nextContactOn } = input;
    const agrees = file.stage.at === "closed" && nextContactOn !== undefined;
    if (agrees && nextContactOn < effectiveOn) return err({ type: "NextBeforeReopening" });
    const event = newRecord(stageEvent, acting, {
      ...step,
      case: input.caseId,
      from: file.stage.at,
      effectiveOn,
    });
    const agreed = agrees ? amended(case_, file.case, { nextContactOn }, acting) : file.case;
    const changes = [event, ...(agreed === file.case ? [] : [agreed])];
    return ok(changes.map((record) => ({ database: file.database, record })));
  },
};
