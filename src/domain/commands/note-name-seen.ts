// Writes down that a supervisor looks at a name which this device does not keep: once for each person and day.
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { access } from "#src/domain/records/access.ts";
import { mayOpen } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, newRecord } from "./command.ts";

export interface NameSeen {
  readonly caseId: string;
}

/** Names are open to the people of the site and to the supervisor directly above. */
export type NameError = { readonly type: "NameNotOpen" };

export const noteNameSeen: Command<NameSeen, NameError> = {
  name: "note-name-seen",
  run(read, { caseId }, acting) {
    const allowed = accessCase(read, caseId, acting, access.writers);
    if (!allowed.ok) return allowed;
    const { file } = allowed.value;
    const { person } = file.case;
    if (person === undefined) return err({ type: "NotHere" });
    if (!mayOpen("identity", file.site, acting.user.roles)) return err({ type: "NameNotOpen" });
    const today = todayAt(file, acting.now);
    const isNoted = file.entries.some(
      ({ record }) =>
        record.type === access.type &&
        record.createdBy === acting.user.name &&
        "person" in record &&
        record.person === person &&
        todayAt(file, record.createdAt) === today,
    );
    if (isNoted) return ok([]);
    return ok([{ database: file.database, record: newRecord(access, acting, { case: caseId, person }) }]);
  },
};
