// Notes what was done about an open urgent flag; that closes the flag.
import type { FormValues } from "#src/domain/record/clean.ts";
import { urgentAction } from "#src/domain/records/urgent-action.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface FlagAction {
  readonly caseId: string;
  /** `raisedBy` and `flag` name the open flag; `action` says what was done. */
  readonly urgentAction: FormValues;
}

export type FlagError =
  | { readonly type: "FlagNotOpen" }
  | { readonly type: "DateInFuture" }
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] };

export const recordUrgentAction: Command<FlagAction, FlagError> = {
  name: "record-urgent-action",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    const done = fromForm(urgentAction, input.urgentAction);
    const open = file.openFlags.some(
      ({ raisedBy, flag }) => raisedBy.id === done.raisedBy && flag === done.flag,
    );
    if (!open) return err({ type: "FlagNotOpen" });
    if (done.action === undefined) return err({ type: "FieldsMissing", fields: ["action"] });
    const doneAt = done.doneAt ?? acting.now;
    if (doneAt > acting.now) return err({ type: "DateInFuture" });
    const record = newRecord(urgentAction, acting, { ...done, case: input.caseId, doneAt });
    return ok([{ database: file.database, record }]);
  },
};
