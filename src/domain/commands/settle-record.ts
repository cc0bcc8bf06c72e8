// Decides what becomes of a record that cannot go on by itself: one refused by the centre, or one with two versions.
import { deepEqual } from "#src/domain/record/equal.ts";
import { newId } from "#src/domain/record/ids.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { type Acting, type Command, holdsAny, rolesFor } from "./command.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";

export interface Settlement {
  readonly database: string;
  readonly id: string;
  /** `again`: send a refused record once more as it is; `mine` or `theirs`: which of two versions holds. */
  readonly keep: "again" | "mine" | "theirs";
}

export const settleRecord: Command<Settlement, { readonly type: "NothingToSettle" }> = {
  name: "settle-record",
  run(read, input, acting) {
    const entry = read
      .all()
      .find(({ database, record }) => database === input.database && record.id === input.id);
    const site = read.get("site", `site:${parseDatabase(input.database)?.siteId ?? ""}`)?.record;
    if (!entry || !site) return err({ type: "NotHere" });
    if (!holdsAny(rolesFor(acting.user.roles, site), caseRoles)) return err({ type: "NotAllowed" });
    if (entry.newer) return err({ type: "MadeByNewerVersion" });
    if (input.keep === "again") {
      return entry.sync.state === "refused"
        ? ok([{ database: entry.database, record: entry.record }])
        : err({ type: "NothingToSettle" });
    }
    if (!entry.clash) return err({ type: "NothingToSettle" });
    return ok([{ database: entry.database, record: settled(entry.record, entry.clash, input.keep, acting) }]);
  },
};

/** The kept version with both histories in it, and the decision itself as an entry that shows the other value. */
function settled(mine: AnyRecord, theirs: AnyRecord, keep: "mine" | "theirs", acting: Acting): AnyRecord {
  const [kept, other] = keep === "mine" ? [mine, theirs] : [theirs, mine];
  const stamps = new Set(["id", "type", "version", "case", "createdAt", "createdBy", "device", "deviceTime"]);
  const marks = new Set([...stamps, "updatedAt", "updatedBy", "history"]);
  const differing = [...new Set([...Object.keys(kept), ...Object.keys(other)])].filter(
    (name) => !marks.has(name) && !deepEqual(Reflect.get(kept, name), Reflect.get(other, name)),
  );
  const decisions = differing.map((field) => {
    const from: unknown = Reflect.get(other, field);
    const to: unknown = Reflect.get(kept, field);
    return {
      id: newId(acting.randomBytes),
      at: acting.now,
      by: acting.user.name,
      device: acting.device,
      field,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
  });
  const known = new Map(
    [...(theirs.history ?? []), ...(mine.history ?? [])].map((entry) => [entry.id, entry]),
  );
  return {
    ...kept,
    history: [...known.values(), ...decisions],
    updatedAt: acting.now,
    updatedBy: acting.user.name,
  };
}
