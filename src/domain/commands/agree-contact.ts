// Sets the day of the next contact, agreed outside a visit; or takes it back.
import { isClosed } from "#src/domain/case-file/closed.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { entryOf } from "#src/domain/record/history.ts";
import { contentOf, unitsOf } from "#src/domain/record/unit.ts";
import { type Case, case_ } from "#src/domain/records/case.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Acting, amended, type Command, entryStamps, withEntries } from "./command.ts";

export interface AgreedContact {
  readonly caseId: string;
  /** A full date at the site; undefined takes it back. */
  readonly nextContactOn: string | undefined;
}

export type ContactError = { readonly type: "CaseClosed" } | { readonly type: "NextInPast" };

export const agreeContact: Command<AgreedContact, ContactError> = {
  name: "agree-contact",
  run(read, { caseId, nextContactOn }, acting) {
    const access = accessCase(read, caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    if (isClosed(file)) return err({ type: "CaseClosed" });
    if (nextContactOn !== undefined && nextContactOn < todayAt(file, acting.now))
      return err({ type: "NextInPast" });
    const changed = amended(case_, file.case, { nextContactOn }, acting);
    const record = changed === file.case ? saidAgain(file.case, acting) : changed;
    return ok([{ database: file.database, record }]);
  },
};

/** The same day as once before: that it was agreed again, and when, counts after a visit has come between. */
function saidAgain(record: Case, acting: Acting): Case {
  const entries = unitsOf(case_)
    .filter(({ path }) => path === "nextContactOn")
    .map((unit) => {
      const content = contentOf(record, unit);
      return entryOf(unit, [content, content], record.history ?? [], entryStamps(acting));
    });
  return withEntries(record, entries, acting);
}
