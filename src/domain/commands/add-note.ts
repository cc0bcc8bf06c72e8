// Adds a remark to a case.
import type { FormValues } from "#src/domain/record/clean.ts";
import { note } from "#src/domain/records/note.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface Remark {
  readonly caseId: string;
  readonly note: FormValues;
}

export const addNote: Command<
  Remark,
  { readonly type: "FieldsMissing"; readonly fields: readonly string[] }
> = {
  name: "add-note",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const said = fromForm(note, input.note);
    if (said.text === undefined) return err({ type: "FieldsMissing", fields: ["text"] });
    const record = newRecord(note, acting, { ...said, case: input.caseId });
    return ok([{ database: access.value.file.database, record }]);
  },
};
