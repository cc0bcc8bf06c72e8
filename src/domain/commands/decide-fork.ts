// Decides which of two steps holds that do not follow each other; the other is voided with the reason, and stays readable.
import { forksOf } from "#src/domain/case-file/forks.ts";
import { voiding } from "#src/domain/records/voiding.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, newRecord } from "./command.ts";
import { mayVoid } from "./void-record.ts";

export interface ForkDecision {
  readonly caseId: string;
  /** Ids of the two steps: the one that holds from now on, and the other. */
  readonly holds: string;
  readonly against: string;
  readonly reason: string;
}

export type ForkDecisionError =
  | { readonly type: "NothingToDecide" }
  | { readonly type: "ReasonMissing" }
  /** Only the author of the step that would be voided or a supervisor may. */
  | { readonly type: "NotYours" };

export const decideFork: Command<ForkDecision, ForkDecisionError> = {
  name: "decide-fork",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file, held } = access.value;
    const fork = forksOf(file).find(({ steps }) =>
      [input.holds, input.against].every((id) => steps.some((step) => step.id === id)),
    );
    const target = fork?.steps.find(({ id }) => id === input.against && id !== input.holds);
    if (!target) return err({ type: "NothingToDecide" });
    if (!mayVoid(target, acting.user.name, held)) return err({ type: "NotYours" });
    const reason = input.reason.normalize("NFC").trim();
    if (reason === "") return err({ type: "ReasonMissing" });
    const record = newRecord(voiding, acting, { target: target.id, reason, case: input.caseId });
    return ok([{ database: file.database, record }]);
  },
};
