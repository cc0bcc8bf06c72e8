// Receives one person: file, consent, urgent check, first needs and identity, as far as each was answered.
import { mayAccompany } from "#src/domain/case-file/companions.ts";
import { identifies } from "#src/domain/case-file/identity.ts";
import { newCaseCode } from "#src/domain/case-file/case-code.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { case_ } from "#src/domain/records/case.ts";
import { needs } from "#src/domain/records/code-lists.ts";
import { consent } from "#src/domain/records/consent.ts";
import { person } from "#src/domain/records/person.ts";
import { planItem } from "#src/domain/records/plan-item.ts";
import { stageEvent } from "#src/domain/records/stage-event.ts";
import { urgentCheck } from "#src/domain/records/urgent-check.ts";
import { newId } from "#src/domain/record/ids.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { Change } from "#src/domain/ports/store.ts";
import { type Acting, type Command, fromForm, holdsAny, newRecord, rolesFor } from "./command.ts";

/** Sections of the form; each is optional, every question may have been skipped. */
export interface Reception {
  readonly siteId: string;
  /** Id of the file to be: the draft's own, so that one draft never becomes two files. */
  readonly id?: string;
  readonly consent?: FormValues;
  /** Whether somebody may come to the person's home or call: asked beside the safe way. */
  readonly contactConsent?: FormValues;
  readonly urgentCheck?: FormValues;
  readonly person?: FormValues;
  readonly case?: FormValues;
  /** `need`: up to three codes, the most pressing first. */
  readonly planItem?: FormValues;
}

export type ReceptionError =
  /** A name or another identifying answer stands in the form, but no consent to keep it (D8). */
  | { readonly type: "NameWithoutConsent" }
  | { readonly type: "NothingRecorded" }
  /** The file that a minor's is to be linked to is not here, or is no adult's of this site. */
  | { readonly type: "AdultNotHere" };

export const receivePerson: Command<Reception, ReceptionError> = {
  name: "receive-person",
  run(read, input, acting) {
    const site = read.get("site", `site:${input.siteId}`)?.record;
    if (!site) return err({ type: "NotHere" });
    if (!holdsAny(rolesFor(acting.user.roles, site), ["cadre", "social_worker"]))
      return err({ type: "NotAllowed" });

    const agreed = fromForm(consent, input.consent);
    const mayContact = fromForm(consent, input.contactConsent);
    const identity = fromForm(person, input.person);
    const hasPerson = Object.keys(identity).length > 0;
    if (identifies(identity) && agreed.decision !== "given") return err({ type: "NameWithoutConsent" });
    const checked = fromForm(urgentCheck, input.urgentCheck);
    const about = fromForm(case_, input.case);
    const picked = pickedNeeds(input.planItem);
    const said = [agreed, mayContact, identity, checked, about, picked].some(
      (part) => Object.keys(part).length > 0,
    );
    if (!said) return err({ type: "NothingRecorded" });

    const profile = profiles[site.profile];
    const receivedAt = about.receivedAt ?? acting.now;
    const receivedOn = localDate(receivedAt, site.timeZone);
    const caseId = input.id ?? newId(acting.randomBytes);
    const personId = newId(acting.randomBytes);
    const inSite = siteDatabase(site.siteId);
    if (about.accompanies !== undefined) {
      const adult = read.get("case", about.accompanies);
      if (!adult || !mayAccompany({ id: caseId, database: inSite }, adult))
        return err({ type: "AdultNotHere" });
    }
    const changes: Change[] = [];
    const add = (database: string, record: Change["record"]) => changes.push({ database, record });

    add(
      inSite,
      newRecord(
        case_,
        acting,
        {
          ...about,
          code: newCaseCode(site.shortCode, Number(receivedOn.slice(0, 4)), acting.randomBytes),
          receivedAt,
          owner: acting.user.name,
          ...(profile.regime ? { regime: profile.regime } : {}),
          ...(hasPerson ? { person: personId } : {}),
        },
        caseId,
      ),
    );
    if (hasPerson)
      add(identityDatabase(site.siteId), newRecord(person, acting, withAge(identity, receivedOn), personId));
    const textVersion = profile.consentText;
    for (const [purpose, { decision, ...how }] of [
      ["open_file", agreed],
      ["contact_at_home", mayContact],
    ] as const) {
      if (decision === undefined) continue;
      const told = { ...how, decision, case: caseId, purpose, textVersion, onDate: receivedOn };
      add(inSite, newRecord(consent, acting, told));
    }
    if (Object.keys(checked).length > 0)
      add(inSite, newRecord(urgentCheck, acting, { ...checked, case: caseId }));
    add(inSite, newRecord(stageEvent, acting, { case: caseId, to: "received", effectiveOn: receivedOn }));
    for (const change of neededItems(picked, caseId, profile.serviceOfNeed, acting)) add(inSite, change);
    return ok(changes);
  },
};

/** An age in full years is true of the day it was given (D17). */
function withAge<V extends { readonly ageYears?: number; readonly ageAsOf?: string }>(
  identity: V,
  on: string,
): V {
  return identity.ageYears === undefined || identity.ageAsOf !== undefined
    ? identity
    : { ...identity, ageAsOf: on };
}

type Need = (typeof needs.codes)[number];

/** The needs picked in a form, in the order in which they were picked. */
export function pickedNeeds(form: FormValues | undefined): readonly Need[] {
  const picked: unknown = form?.["need"];
  if (!Array.isArray(picked)) return [];
  return picked.filter((code): code is Need => needs.codes.some((known) => known === code));
}

/** A proposed plan item for each need; the first three carry the person's own priority. */
export function neededItems(
  picked: readonly Need[],
  caseId: string,
  serviceOfNeed: (typeof profiles)[keyof typeof profiles]["serviceOfNeed"],
  acting: Acting,
) {
  return picked.map((need, index) => {
    const service = serviceOfNeed[need];
    return newRecord(planItem, acting, {
      case: caseId,
      need,
      status: "proposed",
      ...(index < 3 ? { priority: index + 1 } : {}),
      ...(service ? { service } : {}),
    });
  });
}
