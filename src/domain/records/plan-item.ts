// One need of the person and what is done about it, from the first words at reception to delivery.
import { code, codeList, date, note, noted, number, text, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { needs, services } from "./code-lists.ts";

export const planItem = defineRecord({
  type: "plan_item",
  version: 1,
  database: "site",
  mutability: "mutable",
  ofCase: true,
  writers: caseRoles,
  fields: {
    need: required(code(needs, { anonymised: "keep" })),
    service: noted(code(services, { anonymised: "keep" })),
    inOwnWords: note({ max: 1000 }),
    priority: number(1, 3, { anonymised: "keep" }),
    agreed: code(codeList("planAgreed", ["yes", "no", "later"]), { anonymised: "keep" }),
    provider: noted(text({ max: 200 })),
    dueOn: noted(date({ usual: "future" })),
    status: required(
      code(
        codeList("planStatus", [
          "proposed",
          "agreed",
          "in_progress",
          "delivered",
          "declined_by_person",
          "not_available",
          "stopped",
        ]),
        { anonymised: "keep" },
      ),
    ),
    deliveredOn: noted(date({ anonymised: "keep" })),
    quantity: noted(number(0, 1_000_000, { anonymised: "keep" })),
    // In the smallest unit people count in: đồng, rupiah.
    amount: noted(number(0, 1_000_000_000_000, { anonymised: "keep" })),
  },
});
export type PlanItem = RecordOf<typeof planItem>;
