// Records a home visit or call: what was found, the ten domains, and with it the new risk and new needs.
import type { FormValues } from "#src/domain/record/clean.ts";
import { case_ } from "#src/domain/records/case.ts";
import { followup } from "#src/domain/records/followup.ts";
import { isClosed } from "#src/domain/case-file/closed.ts";
import { maySetRisk } from "#src/domain/case-file/risk.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { nextVisitOn } from "#src/domain/tasks/visits-due.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { amended, type Command, fromForm, newRecord } from "./command.ts";
import { neededItems, pickedNeeds } from "./receive-person.ts";

export interface Visit {
  readonly caseId: string;
  /** Id of the visit to be: the draft's own, so that one draft never becomes two visits. */
  readonly id?: string;
  readonly followup: FormValues;
}

export type VisitError =
  | { readonly type: "OutcomeMissing" }
  | { readonly type: "DateInFuture" }
  | { readonly type: "NextBeforeVisit" }
  | { readonly type: "CaseClosed" };

export const recordVisit: Command<Visit, VisitError> = {
  name: "record-visit",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file, held } = access.value;
    if (isClosed(file)) return err({ type: "CaseClosed" });
    const today = todayAt(file, acting.now);
    const told = fromForm(followup, input.followup);
    const doneOn = told.doneOn ?? today;
    if (told.outcome === undefined) return err({ type: "OutcomeMissing" });
    if (doneOn > today) return err({ type: "DateInFuture" });
    if (told.nextOn !== undefined && told.nextOn < doneOn) return err({ type: "NextBeforeVisit" });

    const dueOn = nextVisitOn(file);
    const values = { ...told, case: input.caseId, doneOn, ...(dueOn === undefined ? {} : { dueOn }) };
    const visit = newRecord(followup, acting, values, input.id);
    const needed = neededItems(
      pickedNeeds({ need: told.newNeeds }),
      input.caseId,
      file.profile.serviceOfNeed,
      acting,
    );
    // The visit keeps its own value; the case's is the one that counts now (D12), and to lower it is not everybody's.
    const counts = told.riskLevel !== undefined && maySetRisk(file.case, told.riskLevel, held, acting);
    const risk = counts && amended(case_, file.case, { riskLevel: told.riskLevel }, acting);
    const changes = [visit, ...needed, ...(risk && risk !== file.case ? [risk] : [])];
    return ok(changes.map((record) => ({ database: file.database, record })));
  },
};
