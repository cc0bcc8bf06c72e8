// Changes details of a case: group, the adult whom a minor came with, way of arrival, risk, next contact.
import type { FormValues } from "#src/domain/record/clean.ts";
import { mayAccompany } from "#src/domain/case-file/companions.ts";
import { maySetRisk } from "#src/domain/case-file/risk.ts";
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

export type CaseEditError =
  | { readonly type: "NothingChanged" }
  /** Lowering the risk is a supervisor's decision (D14). */
  | { readonly type: "RiskLowering" }
  /** The file that a minor's is to be linked to is not here, or is no adult's of this site. */
  | { readonly type: "AdultNotHere" };

export const editCase: Command<CaseEdit, CaseEditError> = {
  name: "edit-case",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file, held } = access.value;
    // Code and person are not a form's to change; the owner has a command of its own.
    const { code, person, owner, receivedAt, ...form } = editFrom(case_, input.case);
    const record = amended(
      case_,
      file.case,
      { ...form, ...(receivedAt === undefined ? {} : { receivedAt }) },
      acting,
    );
    if (record === file.case) return err({ type: "NothingChanged" });
    if (!maySetRisk(file.case, record.riskLevel, held, acting)) return err({ type: "RiskLowering" });
    if (record.accompanies !== undefined && record.accompanies !== file.case.accompanies) {
      const adult = read.get("case", record.accompanies);
      if (!adult || !mayAccompany({ id: input.caseId, database: file.database }, adult))
        return err({ type: "AdultNotHere" });
    }
    return ok([{ database: file.database, record }]);
  },
};
