// Takes over a case that another site asks to hand over, or says why not.
import { transferRequest } from "#src/domain/case-file/transfer-request.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { transferAnswer } from "#src/domain/records/transfer-answer.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { type Command, fromForm, holdsAny, newRecord, rolesFor } from "./command.ts";

export interface AnswerToTransfer {
  /** Id of the request. */
  readonly transferId: string;
  readonly answer: "accepted" | "declined";
  /** `reason`, without which nothing is declined. */
  readonly transferAnswer?: FormValues;
}

export type AnswerTransferError =
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] }
  /** A colleague has answered, or the other site has taken it back. */
  | { readonly type: "NoTransferOpen" };

export const answerTransfer: Command<AnswerToTransfer, AnswerTransferError> = {
  name: "answer-transfer",
  run(read, input, acting) {
    const request = transferRequest(read, input.transferId);
    if (!request) return err({ type: "NotHere" });
    const { entry, site, state } = request;
    if (!holdsAny(rolesFor(acting.user.roles, site), caseRoles)) return err({ type: "NotAllowed" });
    if (entry.newer) return err({ type: "MadeByNewerVersion" });
    if (state !== "open") return err({ type: "NoTransferOpen" });
    const { reason } = fromForm(transferAnswer, input.transferAnswer);
    if (input.answer === "declined" && reason === undefined)
      return err({ type: "FieldsMissing", fields: ["reason"] });
    const record = newRecord(transferAnswer, acting, {
      ...(entry.record.case === undefined ? {} : { case: entry.record.case }),
      transfer: entry.record.id,
      answer: input.answer,
      bySite: site.siteId,
      ...(reason === undefined || input.answer === "accepted" ? {} : { reason }),
    });
    return ok([{ database: entry.database, record }]);
  },
};
