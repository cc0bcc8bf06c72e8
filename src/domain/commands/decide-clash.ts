// Decides which of the answers holds that two people gave without seeing each other's; the others stay in the history.
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { isLower, mayLower } from "#src/domain/record/grade.ts";
import { contentAfter, entryOf } from "#src/domain/record/history.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { type Content, contentOf, type Unit, withContent } from "#src/domain/record/unit.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { type Command, entryStamps, withEntries } from "./command.ts";
import { accessRecord } from "./record-access.ts";

export interface Decision {
  readonly database: string;
  readonly id: string;
  /** Path of the unit. */
  readonly field: string;
  /** The entry of history whose answer holds from now on. */
  readonly entry: string;
  readonly reason: string;
}

export type DecisionError =
  | { readonly type: "NothingToDecide" }
  | { readonly type: "ReasonMissing" }
  /** Lowering is for others to decide (D14). */
  | { readonly type: "RiskLowering" };

export const decideClash: Command<Decision, DecisionError> = {
  name: "decide-clash",
  run(read, input, acting) {
    const access = accessRecord(read, input, acting, caseRoles);
    if (!access.ok) return access;
    const { entry, held } = access.value;
    const { record } = entry;
    const clash = clashesIn(record).find(({ unit }) => unit.path === input.field);
    const side = clash?.sides.find(({ id }) => id === input.entry);
    if (!clash || !side) return err({ type: "NothingToDecide" });
    const reason = input.reason.normalize("NFC").trim();
    if (reason === "") return err({ type: "ReasonMissing" });
    const before = contentOf(record, clash.unit);
    const after = contentAfter(side);
    if (!mayDecide(clash.unit, record, after, held)) return err({ type: "RiskLowering" });
    const stamps = { ...entryStamps(acting), reason };
    const decision = entryOf(clash.unit, [before, after], record.history ?? [], stamps);
    const decided = withEntries(withContent(record, clash.unit, after), [decision], acting);
    return ok([{ database: entry.database, record: decided }]);
  },
};

/** Whether these roles may let this content hold: where a code is lowered, only those whom the field names. */
export function mayDecide(
  { field, path }: Unit,
  record: AnyRecord,
  { value }: Content,
  held: ReadonlySet<Role>,
): boolean {
  if (field.kind !== "code" || mayLower(field, held)) return true;
  return !isLower(field, value, valueAt(record, path));
}
