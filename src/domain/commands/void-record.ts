// Sets aside a record that was written by mistake, or takes that back by voiding the voiding (D10).
import type { FormValues } from "#src/domain/record/clean.ts";
import { voiding } from "#src/domain/records/voiding.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface Mistake {
  readonly caseId: string;
  /** `target` names the record; `reason` says why. */
  readonly voiding: FormValues;
}

export type VoidError =
  | { readonly type: "AlreadyVoided" }
  /** Only its author or a supervisor may. */
  | { readonly type: "NotYours" }
  /** A case or a person is not voided: its records are. */
  | { readonly type: "CannotBeVoided" }
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] };

/** What belongs to a case may be set aside; a transfer is withdrawn, declined or done, and what another site saw stays. */
export const mayBeVoided = (type: string): boolean =>
  isRecordType(type) &&
  definitions[type].ofCase &&
  type !== "access" &&
  type !== "transfer" &&
  type !== "transfer_answer" &&
  type !== "moved_case";

export const voidRecord: Command<Mistake, VoidError> = {
  name: "void-record",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file, held } = access.value;
    const mistake = fromForm(voiding, input.voiding);
    const target = file.entries.find(({ record }) => record.id === mistake.target)?.record;
    if (!target) return err({ type: "NotHere" });
    if (!mayBeVoided(target.type)) return err({ type: "CannotBeVoided" });
    if (file.voided.has(target.id)) return err({ type: "AlreadyVoided" });
    if (!mayVoid(target, acting.user.name, held)) return err({ type: "NotYours" });
    if (mistake.reason === undefined) return err({ type: "FieldsMissing", fields: ["reason"] });
    const record = newRecord(voiding, acting, { ...mistake, case: input.caseId });
    return ok([{ database: file.database, record }]);
  },
};

/** Its author, or a supervisor (D10). */
export const mayVoid = (
  target: { readonly createdBy: string },
  me: string,
  held: ReadonlySet<Role>,
): boolean => target.createdBy === me || held.has("supervisor");
