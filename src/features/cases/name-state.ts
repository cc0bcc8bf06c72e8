// Why a name is shown, or why there is none to show.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { identifies } from "#src/domain/case-file/identity.ts";
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import type { Role } from "#src/domain/roles.ts";

export type NameState =
  | "known"
  /** There is a record of the person, and no name in it. */
  | "nameless"
  /** Nobody asked yet whether a name may be kept, or the person could not say. */
  | "notAsked"
  | "refused"
  /** There is consent, and nothing was written down yet. */
  | "notWritten"
  /** A supervisor's device keeps no names of this site. */
  | "notKept"
  /** The record exists and has not arrived. */
  | "coming";

export function nameState(file: CaseFile, held: ReadonlySet<Role>): NameState {
  const record = file.person?.record;
  if (record?.displayName !== undefined) return "known";
  if (record && identifies(record)) return "nameless";
  if (!record && file.case.person !== undefined) {
    const worksThere = held.has("cadre") || held.has("social_worker");
    return worksThere ? "coming" : "notKept";
  }
  const consent = consentInForce(file.consents, "open_file");
  if (consent === "given") return "notWritten";
  return consent === undefined || consent === "cannot_now" ? "notAsked" : "refused";
}
