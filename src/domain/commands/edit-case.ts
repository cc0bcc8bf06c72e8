// Changes details of a case: group, way of arrival, risk, next contact, who is responsible for it.
import type { FormValues } from "#src/domain/record/clean.ts";
import { case_ } from "#src/domain/records/case.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { amended, type Command, editFrom } from "./command.ts";

export interface CaseEdit {
  readonly caseId: string;
  /** The whole section as the form shows it; a field left empty is cleared. */
  readonly case: FormValues;
}

export const editCase: Command<CaseEdit, { readonly type: "NothingChanged" }> = {
  name: "edit-case",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    // Code, person and the link to the adult are not a form's to change; the owner has a command of its own.
    const { code, person, owner, accompanies, receivedAt, ...form } = editFrom(case_, input.case);
    const record = amended(
      case_,
      file.case,
      { ...form, ...(receivedAt === undefined ? {} : { receivedAt }) },
      acting,
    );
    return record === file.case ? err({ type: "NothingChanged" }) : ok([{ database: file.database, record }]);
  },
};
