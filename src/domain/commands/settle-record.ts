// Decides what becomes of a record that cannot go on by itself: one refused by the centre, or one with two versions.
import { mayLowerRisk, stricterRisk } from "#src/domain/case-file/risk.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { newId } from "#src/domain/record/ids.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Case } from "#src/domain/records/case.ts";
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
    const held = rolesFor(acting.user.roles, site);
    if (!holdsAny(held, caseRoles)) return err({ type: "NotAllowed" });
    if (entry.newer) return err({ type: "MadeByNewerVersion" });
    if (input.keep === "again") {
      return entry.sync.state === "refused"
        ? ok([{ database: entry.database, record: entry.record }])
        : err({ type: "NothingToSettle" });
    }
    if (!entry.clash) return err({ type: "NothingToSettle" });
    const [kept, other] = input.keep === "mine" ? [entry.record, entry.clash] : [entry.clash, entry.record];
    const record = settled(mayLowerRisk(held) ? kept : withStricterRisk(kept, other), other, acting);
    return ok([{ database: entry.database, record }]);
  },
};

const isCase = (record: AnyRecord): record is Case => record.type === "case";

/** Of two levels of risk the stricter holds, whichever version is kept, until a supervisor lowers it (D14). */
function withStricterRisk(kept: AnyRecord, other: AnyRecord): AnyRecord {
  if (!isCase(kept) || !isCase(other)) return kept;
  const riskLevel = stricterRisk(kept.riskLevel, other.riskLevel);
  if (riskLevel === kept.riskLevel || riskLevel === undefined) return kept;
  const { riskLevel: _, ...reasons } = kept.unanswered ?? {};
  const { unanswered: _before, ...rest } = kept;
  const stricter: Case = { ...rest, riskLevel };
  return Object.keys(reasons).length === 0 ? stricter : { ...stricter, unanswered: reasons };
}

/**
 * The kept version with both histories in it. What the other version says otherwise stays readable: each field that
 * differs gets an entry from the other's value to the kept one.
 */
function settled(kept: AnyRecord, other: AnyRecord, acting: Acting): AnyRecord {
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
    [...(other.history ?? []), ...(kept.history ?? [])].map((entry) => [entry.id, entry]),
  );
  return {
    ...kept,
    history: [...known.values(), ...decisions],
    updatedAt: acting.now,
    updatedBy: acting.user.name,
  };
}
