// Changes who the person is, or writes it down for the first time once there is consent to a name (D8).
import type { FormValues } from "#src/domain/record/clean.ts";
import { identityDatabase } from "#src/domain/record/databases.ts";
import { case_ } from "#src/domain/records/case.ts";
import { person } from "#src/domain/records/person.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { identifies, identifiesMore, mayIdentify } from "#src/domain/case-file/identity.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { isErased } from "#src/domain/ports/store.ts";
import { accessCase } from "./case-access.ts";
import { amended, type Command, editFrom, fromForm, newRecord } from "./command.ts";

export interface PersonEdit {
  readonly caseId: string;
  /** The whole section as the form shows it; a field left empty is cleared. */
  readonly person: FormValues;
}

export type PersonEditError =
  | { readonly type: "NothingChanged" }
  | { readonly type: "NameWithoutConsent" }
  /** The case names a person whose record has not arrived here: writing now would make a second one. */
  | { readonly type: "PersonNotHere" };

export const editPerson: Command<PersonEdit, PersonEditError> = {
  name: "edit-person",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    const today = todayAt(file, acting.now);
    if (file.person) {
      if (isErased(file.person.sync)) return err({ type: "ErasedAtCentre" });
      if (file.person.newer) return err({ type: "MadeByNewerVersion" });
      const before = file.person.record;
      const form = editFrom(person, input.person);
      const ageChanged = form["ageYears"] !== before.ageYears;
      const age = ageChanged && form["ageYears"] !== undefined ? { ageAsOf: today } : {};
      const record = amended(person, before, { ...form, ...age }, acting);
      if (record === before) return err({ type: "NothingChanged" });
      if (!mayIdentify(file) && identifiesMore(before, record)) return err({ type: "NameWithoutConsent" });
      return ok([{ database: file.person.database, record }]);
    }
    if (file.case.person !== undefined) return err({ type: "PersonNotHere" });
    const form = fromForm(person, input.person);
    if (!mayIdentify(file) && identifies(form)) return err({ type: "NameWithoutConsent" });
    if (Object.keys(form).length === 0) return err({ type: "NothingChanged" });
    const made = newRecord(person, acting, {
      ...form,
      ...(form.ageYears === undefined ? {} : { ageAsOf: today }),
    });
    return ok([
      { database: identityDatabase(file.siteId), record: made },
      { database: file.database, record: amended(case_, file.case, { person: made.id }, acting) },
    ]);
  },
};
