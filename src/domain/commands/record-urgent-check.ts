// Asks urgent questions again that were left open: one more check beside the earlier ones, of these alone.
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { urgentCheck } from "#src/domain/records/urgent-check.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface AskedAgain {
  readonly caseId: string;
  readonly urgentCheck: FormValues;
}

export type UrgentCheckError = { readonly type: "NothingRecorded" } | { readonly type: "CaseClosed" };

export const recordUrgentCheck: Command<AskedAgain, UrgentCheckError> = {
  name: "record-urgent-check",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    if (isClosed(file)) return err({ type: "CaseClosed" });
    const said = fromForm(urgentCheck, input.urgentCheck);
    if (Object.keys(said).length === 0) return err({ type: "NothingRecorded" });
    const record = newRecord(urgentCheck, acting, { ...said, case: input.caseId });
    return ok([{ database: file.database, record }]);
  },
};
