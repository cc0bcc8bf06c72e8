// Adds a need of the person to the plan, or says what became of one: agreed, under way, delivered, not available.
import type { FormValues } from "#src/domain/record/clean.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { planItem, type PlanItem } from "#src/domain/records/plan-item.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { amended, type Command, editFrom, fromForm, newRecord } from "./command.ts";

export interface PlanChange {
  readonly caseId: string;
  /** Id of the item that is changed; absent: a need that was not in the plan yet. */
  readonly id?: string | undefined;
  /** The whole section as the form shows it; a field left empty is cleared. */
  readonly planItem: FormValues;
}

export type PlanError =
  | { readonly type: "NothingChanged" }
  | { readonly type: "DateInFuture" }
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] };

export const keepPlanItem: Command<PlanChange, PlanError> = {
  name: "keep-plan-item",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    const said = fromForm(planItem, input.planItem);
    const today = todayAt(file, acting.now);
    const delivery = deliveryOf(said, today);
    if (delivery.deliveredOn !== undefined && delivery.deliveredOn > today)
      return err({ type: "DateInFuture" });
    if (input.id === undefined) {
      if (said.need === undefined) return err({ type: "FieldsMissing", fields: ["need"] });
      const service = said.service ?? file.profile.serviceOfNeed[said.need];
      const { deliveredOn: _, ...asked } = said;
      const values = { ...asked, ...delivery, status: said.status ?? "proposed", case: input.caseId };
      const record = newRecord(planItem, acting, { ...values, ...(service ? { service } : {}) });
      return ok([{ database: file.database, record }]);
    }
    const item = file.plan.find(({ id }) => id === input.id);
    if (!item) return err({ type: "NotHere" });
    // What the need is does not change: another need is another item.
    const { need, status, ...form } = editFrom(planItem, input.planItem);
    const next = { ...form, deliveredOn: undefined, ...delivery, status: said.status ?? item.status };
    const record = amended(planItem, item, next, acting);
    return record === item ? err({ type: "NothingChanged" }) : ok([{ database: file.database, record }]);
  },
};

/** The day of delivery belongs to what was delivered: today, until somebody says otherwise. */
const deliveryOf = (said: Pick<PlanItem, "status" | "deliveredOn">, today: string) =>
  said.status === "delivered" ? { deliveredOn: said.deliveredOn ?? today } : {};
