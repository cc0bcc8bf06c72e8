// Everything known about one case, gathered from its records: what screens, tasks and reports look at.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Profile } from "#src/domain/profiles/profile.ts";
import { profileIdOf, profiles } from "#src/domain/profiles/index.ts";
import type { Account } from "#src/domain/records/account.ts";
import type { Case } from "#src/domain/records/case.ts";
import type { Consent } from "#src/domain/records/consent.ts";
import type { Followup } from "#src/domain/records/followup.ts";
import { isRecordType, type RecordByType, type RecordType } from "#src/domain/records/index.ts";
import type { Person } from "#src/domain/records/person.ts";
import type { PlanItem } from "#src/domain/records/plan-item.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { StageEvent } from "#src/domain/records/stage-event.ts";
import type { StatusEvent } from "#src/domain/records/status-event.ts";
import type { UrgentAction } from "#src/domain/records/urgent-action.ts";
import type { UrgentCheck } from "#src/domain/records/urgent-check.ts";
import type { Voiding } from "#src/domain/records/voiding.ts";
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import { parseRole } from "#src/domain/roles.ts";
import { compare, type Standing, standingOf } from "./axis.ts";
import { type OpenFlag, openFlagsOf } from "./open-flags.ts";
import { type OpenQuestion, openQuestionsOf } from "./open-questions.ts";
import { standingOfTransfer, type TransferStanding, wasHandedTo } from "./transfer.ts";
import { voidingsInForce } from "./voided.ts";

export interface CaseFile {
  readonly case: Case;
  readonly entry: Entry<Case>;
  readonly database: string;
  /** Who is responsible; nobody yet where the case came from another site with the name of somebody there. */
  readonly owner: string | undefined;
  readonly siteId: string;
  /** Absent while the directory has not arrived: screens wait, never crash. */
  readonly site: Site | undefined;
  readonly profile: Profile;
  /** Absent without consent to a name, without the right to read names, or before it has arrived (D8). */
  readonly person: Entry<Person> | undefined;
  readonly stage: Standing<StageEvent["to"], StageEvent>;
  readonly status: Standing<StatusEvent["to"], StatusEvent>;
  readonly openFlags: readonly OpenFlag[];
  /** Urgent questions that wait for an answer; while there is one, nobody can say that there are no signs. */
  readonly openQuestions: readonly OpenQuestion[];
  /** What counts now: high while an urgent flag is open, else what was last noted. */
  readonly riskLevel: Case["riskLevel"];
  readonly visits: readonly Followup[];
  readonly plan: readonly PlanItem[];
  readonly consents: readonly Consent[];
  /** By the time they were made. */
  readonly urgentChecks: readonly UrgentCheck[];
  readonly urgentActions: readonly UrgentAction[];
  /** What this site has asked another: to take the case over. */
  readonly transfer: TransferStanding;
  /** Every record of the case, voided ones too, by the time it was made. */
  readonly entries: readonly Entry[];
  readonly voided: ReadonlyMap<string, Voiding>;
}

/** Gathers one case; `entry` comes from `homeOfCase` or `casesAtHome`. */
export function caseFileOf(read: Reader, entry: Entry<Case>): CaseFile {
  // Records of another site's database that name this case are not its story: whoever writes there may not write here.
  const entries = read.ofCase(entry.record.id).filter(({ database }) => database === entry.database);
  const voided = voidingsInForce(
    entries.map(({ record }) => record),
    (name) => wasEverSupervisor(read.get("account", `account:${name}`)?.record),
  );
  const holding = entries.filter(({ record }) => !voided.has(record.id)).map(({ record }) => record);
  const siteId = parseDatabase(entry.database)?.siteId ?? "";
  const site = read.get("site", `site:${siteId}`)?.record;
  const urgentActions = ofType(holding, "urgent_action");
  const visits = ofType(holding, "followup").toSorted(
    (a, b) => compare(a.doneOn, b.doneOn) || compare(a.createdAt, b.createdAt),
  );
  const urgentChecks = ofType(holding, "urgent_check").toSorted(
    (a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
  );
  const openFlags = openFlagsOf([...urgentChecks, ...visits], urgentActions);
  return {
    case: entry.record,
    entry,
    database: entry.database,
    owner: ownerHere(read, entry.record.owner, siteId, entries),
    siteId,
    site,
    profile: profiles[profileIdOf(siteId, site)],
    person: entry.record.person === undefined ? undefined : read.get("person", entry.record.person),
    stage: standingOf<StageEvent["to"], StageEvent>(ofType(holding, "stage_event"), "received"),
    status: standingOf<StatusEvent["to"], StatusEvent>(ofType(holding, "status_event"), "not_started"),
    openFlags,
    openQuestions: openQuestionsOf(urgentChecks),
    riskLevel: openFlags.length > 0 ? "high" : entry.record.riskLevel,
    visits,
    plan: ofType(holding, "plan_item"),
    consents: ofType(holding, "consent"),
    urgentChecks,
    urgentActions,
    transfer: standingOfTransfer(siteId, entries),
    entries: [entry, ...entries].toSorted((a, b) => compare(a.record.createdAt, b.record.createdAt)),
    voided,
  };
}

/**
 * What a supervisor decided holds when another has the post. Of which place is not asked: a case may have come from
 * elsewhere since, and who may write beside it at all the centre has seen to.
 */
function wasEverSupervisor(account: Account | undefined): boolean {
  const { roles = [], history = [] } = account ?? {};
  const earlier = history.filter(({ field }) => field === "roles").flatMap(({ from }) => from);
  return [...roles, ...earlier].some(
    (role) => typeof role === "string" && parseRole(role)?.role === "supervisor",
  );
}

function ownerHere(
  read: Reader,
  owner: string | undefined,
  siteId: string,
  entries: readonly Entry[],
): string | undefined {
  if (owner === undefined || !wasHandedTo(siteId, entries)) return owner;
  const account = read.get("account", `account:${owner}`)?.record;
  const isElsewhere = account && !account.roles.some((role) => parseRole(role)?.place === siteId);
  return isElsewhere ? undefined : owner;
}

/** The records of one type, typed as such. */
function ofType<T extends RecordType>(records: readonly AnyRecord[], type: T): readonly RecordByType[T][] {
  return records.filter(
    (record): record is RecordByType[T] & AnyRecord => isRecordType(type) && record.type === type,
  );
}

/** The day at the site of a case: today, or that of any other instant. */
export function todayAt(file: { readonly site: Site | undefined }, now: string | number): string {
  return localDate(now, file.site?.timeZone ?? "Asia/Ho_Chi_Minh");
}
