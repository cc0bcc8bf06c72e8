// Takes back what another site was asked; after it declined, says that the case stays here.
import { err, ok } from "#src/domain/ports/result.ts";
import { transferAnswer } from "#src/domain/records/transfer-answer.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { accessCase } from "./case-access.ts";
import { type Command, newRecord } from "./command.ts";

export interface Withdrawal {
  readonly caseId: string;
}

export const withdrawTransfer: Command<
  Withdrawal,
  /** Nothing was asked, it was taken back before, or the other site has accepted. */
  { readonly type: "NoTransferOpen" }
> = {
  name: "withdraw-transfer",
  run(read, { caseId }, acting) {
    const access = accessCase(read, caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { siteId, database, transfer } = access.value.file;
    const isOpen = transfer.state === "asked" || (transfer.state === "declined" && !transfer.settled);
    if (!isOpen) return err({ type: "NoTransferOpen" });
    const record = newRecord(transferAnswer, acting, {
      case: caseId,
      transfer: transfer.transfer.record.id,
      answer: "withdrawn",
      bySite: siteId,
    });
    return ok([{ database, record }]);
  },
};
