// Sends a record once more, as it is, that the centre did not take.
import { caseRoles } from "#src/domain/roles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessRecord } from "./record-access.ts";
import type { Command } from "./command.ts";

export interface Resend {
  readonly database: string;
  readonly id: string;
}

export const sendAgain: Command<Resend, { readonly type: "NotRefused" }> = {
  name: "send-again",
  run(read, input, acting) {
    const access = accessRecord(read, input, acting, caseRoles);
    if (!access.ok) return access;
    const { database, record, sync } = access.value.entry;
    return sync.state === "refused" ? ok([{ database, record }]) : err({ type: "NotRefused" });
  },
};
