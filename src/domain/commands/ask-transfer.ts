// Asks another site to take over a case; until it has accepted, and all of it has been handed over, nothing changes (D9).
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import type { Consent } from "#src/domain/records/consent.ts";
import type { Site } from "#src/domain/records/site.ts";
import { transfer } from "#src/domain/records/transfer.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface CaseOffer {
  readonly caseId: string;
  /** `toSite`, `reason`, `ground` and, where life is in danger, `dangerReason`; the rest is known. */
  readonly transfer: FormValues;
}

export type AskTransferError =
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] }
  /** A closed case is reopened first, by its supervisor: somebody decides that there is something to do. */
  | { readonly type: "CaseClosed" }
  /** Another site has been asked already, or has accepted. */
  | { readonly type: "TransferOpen" }
  /** Not a site that can take over cases from this one. */
  | { readonly type: "NoSuchSite" }
  /** The person has not agreed to sharing, or has taken that back. */
  | { readonly type: "ConsentMissing" };

export const askTransfer: Command<CaseOffer, AskTransferError> = {
  name: "ask-transfer",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    if (isClosed(file)) return err({ type: "CaseClosed" });
    if (!mayAskTransfer(file)) return err({ type: "TransferOpen" });
    const { toSite, reason, ground, dangerReason } = fromForm(transfer, input.transfer);
    const needed = { toSite, reason, ground, ...(ground === "life_danger" ? { dangerReason } : {}) };
    const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
    if (missing.length > 0) return err({ type: "FieldsMissing", fields: missing });
    if (!sitesToAsk(read, file.site).some(({ siteId }) => siteId === toSite))
      return err({ type: "NoSuchSite" });
    const consent = consentToShare(file);
    if (ground === "consent" && !consent) return err({ type: "ConsentMissing" });
    const record = newRecord(transfer, acting, {
      case: input.caseId,
      fromSite: file.siteId,
      toSite,
      caseCode: file.case.code,
      reason,
      ...(file.riskLevel === undefined ? {} : { riskLevel: file.riskLevel }),
      urgentOpen: file.openFlags.length > 0,
      ground,
      ...(ground === "consent" && consent ? { consent: consent.id } : {}),
      ...(ground === "life_danger" && dangerReason !== undefined ? { dangerReason } : {}),
    });
    return ok([{ database: file.database, record }]);
  },
};

/** Only one site is asked at a time. */
export const mayAskTransfer = ({ transfer: { state } }: Pick<CaseFile, "transfer">): boolean =>
  state === "none" || state === "declined" || state === "withdrawn";

/** The consent that a transfer may rely on: the last answer about sharing, where that is yes. */
export function consentToShare({ consents }: Pick<CaseFile, "consents">): Consent | undefined {
  const last = consents
    .filter(({ purpose }) => purpose === "share_for_referral")
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .at(-1);
  return last?.decision === "given" ? last : undefined;
}

/** Sites that can take over a case of this one: of the same country, and those that work with people. */
export const sitesToAsk = (read: Reader, from: Site): readonly Site[] =>
  read
    .list("site")
    .map(({ record }) => record)
    .filter(
      ({ siteId, kind, profile }) => siteId !== from.siteId && kind !== "office" && profile === from.profile,
    );
