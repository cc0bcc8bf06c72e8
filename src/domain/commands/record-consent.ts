// Records what the person agreed to or withdrew; an earlier answer stays as it was.
import type { FormValues } from "#src/domain/record/clean.ts";
import { consent } from "#src/domain/records/consent.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface ConsentAnswer {
  readonly caseId: string;
  readonly consent: FormValues;
}

export const recordConsent: Command<
  ConsentAnswer,
  | { readonly type: "DecisionMissing" }
  | { readonly type: "NothingToWithdraw" }
  | { readonly type: "DateInFuture" }
> = {
  name: "record-consent",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    const answer = fromForm(consent, input.consent);
    const today = todayAt(file, acting.now);
    if (answer.decision === undefined || answer.purpose === undefined)
      return err({ type: "DecisionMissing" });
    if (answer.onDate !== undefined && answer.onDate > today) return err({ type: "DateInFuture" });
    const given = file.consents.findLast(
      (known) => known.purpose === answer.purpose && known.decision === "given",
    );
    if (answer.decision === "withdrawn" && !given) return err({ type: "NothingToWithdraw" });
    const record = newRecord(consent, acting, {
      ...answer,
      case: input.caseId,
      textVersion: file.profile.consentText,
      onDate: answer.onDate ?? today,
      ...(answer.decision === "withdrawn" && given ? { withdraws: given.id } : {}),
    });
    return ok([{ database: file.database, record }]);
  },
};
