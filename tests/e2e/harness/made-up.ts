// Made-up people in all stages as they lie on the devices of three colleagues, by state of the screen.
import { demoRecords } from "#server/demo/seed.ts";
import { vietnamPasswords, vietnamPlan, vietnamSites } from "#server/demo/vietnam-plan.ts";
import type { Plan } from "#server/provision/plan.ts";
import type { Draft, Refusal } from "#src/domain/ports/store.ts";
import type { SignedIn } from "#src/domain/ports/vault.ts";
import { directoryDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import type { Account } from "#src/domain/records/account.ts";
import type { RecordByType } from "#src/domain/records/index.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { DeviceContact, ExchangeState } from "#src/domain/ports/exchange.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { ScreenState } from "#src/app/routes.tsx";
import type { Row } from "#src/storage/replica.ts";
import { databasesOf } from "#src/sync/databases-of.ts";
import { askedCase, movedId, requestId, withTransfers } from "./transfers.ts";
import { lookedAt, type World } from "./world.ts";

export type Person = "cadre" | "supervisor" | "administrator";

const accounts: Readonly<Record<Person, keyof typeof vietnamPasswords>> = {
  cadre: "canbo-haivan",
  supervisor: "giamsat-danang",
  administrator: "quantri",
};

/** Whose names the supervisor keeps on the device. */
const keepNames = [vietnamSites.haiVan];

const at = new Date(lookedAt).toISOString();
const told = demoRecords("vn", { at, seed: "screens" });
/** With what the front door makes of the transfers in it. */
const stories = withTransfers(told, caseOf("Đỗ Mẫu Khánh"));

export function signedIn(person: Person): SignedIn {
  const name = accounts[person];
  const account = vietnamPlan.accounts.find((each) => each.name === name);
  if (!account) throw new Error(`nobody is called ${name}`);
  return { name, password: vietnamPasswords[name], displayName: account.displayName, roles: account.roles };
}

const stamps = {
  version: 1,
  createdAt: "2026-01-05T02:00:00.000Z",
  createdBy: "provisioning",
  device: "provision",
  deviceTime: "2026-01-05T02:00:00.000Z",
  updatedAt: "2026-01-05T02:00:00.000Z",
  updatedBy: "provisioning",
} as const;

const central = (database: string, record: AnyRecord): Row => ({
  database,
  record,
  sync: { state: "central", at: record.updatedAt ?? record.createdAt },
  arrivedAt: record.updatedAt ?? record.createdAt,
  rev: "1-0123456789abcdef0123456789abcdef",
});

const siteRecord = ({ id, ...fields }: Plan["sites"][number]): Site => ({
  ...stamps,
  ...fields,
  id: `site:${id}`,
  type: "site",
  siteId: id,
});

const accountRecord = (account: Plan["accounts"][number], index: number): Account => ({
  ...stamps,
  ...account,
  id: `account:${account.name}`,
  type: "account",
  // One of them works here no more.
  ...(index === 1 ? { disabled: true } : {}),
});

/** Public halves of keys that nobody holds. */
const recoveryKeys = {
  ours: "age13a5lza3s2fasadrth4a302me6prv8saykjrsy42wcpk646n5l5aq0q9mg8",
  foreign: "age1t4le2k2jpa08jt8vam5jjq5hmmx287mm2uhfhsvj78rzmmr3cdlq0arxkd",
} as const;

const recoveryRecord = (recipient: string): RecordByType["recovery_key"] => ({
  ...stamps,
  id: "recovery_key:agency",
  type: "recovery_key",
  recipient,
});

const directory: readonly Row[] = [
  ...vietnamPlan.sites.map(siteRecord),
  ...vietnamPlan.accounts.map(accountRecord),
  recoveryRecord(recoveryKeys.ours),
].map((record) => central(directoryDatabase, record));

/** The same device, on which the centre now names another recovery key. */
export const withForeignKey = (world: World): World => ({
  ...world,
  rows: world.rows.map((row) =>
    row.record.type === "recovery_key" ? central(row.database, recoveryRecord(recoveryKeys.foreign)) : row,
  ),
});

const files = (person: Person): readonly Row[] => {
  const places = vietnamPlan.sites.map(({ id, ancestors }) => ({ siteId: id, ancestors }));
  return databasesOf(signedIn(person).roles, places, keepNames).flatMap((database) =>
    (stories.get(database) ?? []).map((record) => central(database, record)),
  );
};

const sortedByTime = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (a.arrivedAt < b.arrivedAt ? -1 : 1));

/** The last of them have not reached the centre. */
function withUnsent(rows: readonly Row[]): readonly Row[] {
  const sorted = sortedByTime(rows);
  return sorted.map((row, index) => {
    const fromEnd = sorted.length - index;
    if (fromEnd > 8) return row;
    const sync: Row["sync"] = fromEnd > 6 ? { state: "sent", at } : { state: "local" };
    return { ...row, sync, outbox: index + 1 };
  });
}

const refusals: readonly Refusal["kind"][] = ["forbidden", "too_large", "invalid", "other"];

/** Some were refused, each for another reason; one case and one person hold two answers to one question. */
function withRefused(rows: readonly Row[]): readonly Row[] {
  const sorted = sortedByTime(rows);
  const clashing = new Set(
    ["case", "person"].map((type) => sorted.find(({ record }) => record.type === type)),
  );
  return sorted.map((row, index) => {
    const kind = refusals[sorted.length - 1 - index];
    if (kind) {
      const refusal: Refusal = { kind, reason: "the record is refused by the rule", at };
      return { ...row, sync: { state: "refused", refusal } };
    }
    if (!clashing.has(row)) return row;
    return { ...row, record: { ...row.record, history: twoAnswers(row.record) } };
  });
}

/** Two changes of one question, neither made in sight of the other. */
function twoAnswers(record: AnyRecord): readonly HistoryEntry[] {
  const [field, ...answers] =
    record.type === "case" ? ["riskLevel", "high", "low"] : ["ethnicity", "vn-01", "vn-02"];
  const made = answers.map((to, index) => ({
    id: `00000000-0000-4000-8000-00000000000${index}`,
    at,
    by: index === 0 ? record.createdBy : "giamsat-danang",
    device: `d${index}`,
    field: field ?? "",
    to,
    after: [],
  }));
  return [...(record.history ?? []), ...made];
}

/** Everything that was said in a reception, so that every step shows an answer. */
const receptionDraft: Draft["values"] = {
  consent: {
    decision: "given",
    givenBy: "both",
    minorAssent: true,
    how: "spoken_before_witness",
    witness: "Chị trực phòng tiếp dân",
    language: "vi",
  },
  urgentCheck: {
    lifeInDanger: true,
    traffickerNear: true,
    suicidal: false,
    unanswered: { urgentMedical: "later" },
  },
  person: {
    displayName: "Nguyễn Mẫu An",
    sex: "female",
    ageYears: 16,
    birthDate: "2010",
    citizenship: "LA",
    language: "km",
    interpreterNeeded: true,
    homeArea: { province: "vn-gso-48", commune: "Hải Vân" },
    safeContact: { way: "phone", phone: "0900 000 099 (số mẫu)" },
  },
  case: {
    group: "victim_or_being_identified",
    channel: "border_guard",
    riskLevel: "high",
    nextContactOn: "2026-11-25",
  },
  planItem: { need: ["medical", "safe_place", "contact_family"] },
};

const visitDraft: Draft["values"] = {
  followup: {
    outcome: "contact_made",
    mode: "home",
    doneOn: "2026-11-21",
    othersPresent: "Mẹ và em gái",
    retraffickingSign: true,
    riskLevel: "high",
    newNeeds: ["medical"],
    personsView: "Muốn học nghề may ở gần nhà.",
    nextOn: "2026-12-05",
    note: "Chị vui hơn lần trước.",
    domains: {
      safety: "bad",
      housing: "fragile",
      health: "stable",
      schooling: "not_applicable",
    },
  },
};

const begun = { startedAt: "2026-11-22T01:10:00.000Z", updatedAt: "2026-11-22T01:25:00.000Z" } as const;
const haiVan = siteDatabase(vietnamSites.haiVan);

/** The draft of a form at a case, or of a reception where there is no case. */
const draftOf = (id: string, form: string, values: Draft["values"], of?: string): Draft => ({
  id,
  form,
  database: haiVan,
  values,
  ...begun,
  ...(of === undefined ? {} : { case: of }),
});

/** Ids of drafts, as they stand in addresses. */
export const draftIds = {
  reception: "0190f3a0-0000-7000-8000-000000000001",
  withheld: "0190f3a0-0000-7000-8000-000000000002",
  visit: "0190f3a0-0000-7000-8000-000000000003",
  minor: "0190f3a0-0000-7000-8000-000000000006",
  unsafe: "0190f3a0-0000-7000-8000-000000000004",
  edit: "0190f3a0-0000-7000-8000-000000000005",
  left: "0190f3a0-0000-7000-8000-000000000007",
  fresh: "0190f3a0-0000-7000-8000-000000000009",
} as const;

/** Ids of cases, as they stand in addresses. */
export const caseIds = {
  /** Came this morning; two urgent flags, one of them answered. */
  urgent: caseOf("Nguyễn Mẫu An"),
  unnamed: unnamedCase(),
  /** Asked to be closed; with visits. */
  closing: caseOf("Ngô Mẫu Lan"),
  /** Long with us; a visit was begun. */
  returned: caseOf("Đỗ Mẫu Khánh"),
  /** Closed, with a note that was set aside; in another commune. */
  closed: caseOf("Dương Mẫu Mai"),
  /** A child and the mother, in another commune. */
  child: caseOf("Phạm Mẫu Giang"),
  mother: caseOf("Phạm Mẫu Dung"),
  /** Another site was asked to take it over; at the facility. */
  asked: askedCase(told),
  /** Another site has taken it over. */
  moved: movedId,
  unknown: "0190f3a0-0000-7000-8000-0000000000ff",
} as const;

/** What the facility asks of the ward. */
export const request: string = requestId(told);

const drafts: readonly Draft[] = [
  draftOf(draftIds.reception, "receive", receptionDraft),
  draftOf(draftIds.withheld, "receive", {
    consent: { decision: "refused" },
    person: { displayName: "Trần Mẫu Bình" },
  }),
  // Somebody under 18 who came with an adult, and does not agree.
  draftOf(draftIds.minor, "receive", {
    consent: { decision: "given", givenBy: "guardian", minorAssent: false, limits: "Đừng cho bố cháu biết." },
    person: { displayName: "Ngô Mẫu Na", ageYears: 9 },
    case: { group: "accompanying_under_18", accompanies: caseIds.closing },
  }),
  draftOf(draftIds.visit, "visit", visitDraft, caseIds.returned),
  draftOf(
    draftIds.unsafe,
    "visit",
    { followup: { outcome: "unsafe_to_visit", doneOn: "2026-11-21" } },
    caseIds.urgent,
  ),
  // The case went to another site meanwhile.
  draftOf(draftIds.left, "note", { note: { text: "Chị nhờ gọi lại cho dì." } }, caseIds.moved),
  draftOf(draftIds.edit, "note", { note: { text: "Chị gọi lại, hẹn thứ sáu." } }, caseIds.returned),
];

export const recordsOf = (type: string, caseId: string): readonly AnyRecord[] =>
  [...stories.values()].flat().filter((record) => record.type === type && record.case === caseId);

/** Words that must never leave the screen: names and numbers of people. */
export const secrets: readonly string[] = [...stories.values()]
  .flat()
  .flatMap((record) => ("displayName" in record ? [String(record.displayName)] : []));

function caseOf(name: string): string {
  const records = [...told.values()].flat();
  const person = records.find((record) => "displayName" in record && record.displayName === name);
  const found = records.find((record) => "person" in record && record.person === person?.id);
  if (!found) throw new Error(`the demo has no ${name}`);
  return found.id;
}

function unnamedCase(): string {
  const found = [...stories.values()]
    .flat()
    .find((record) => record.type === "case" && !("person" in record));
  if (!found) throw new Error("everybody in the demo has a name");
  return found.id;
}

const minutesAgo = (minutes: number) => new Date(lookedAt - minutes * 60_000).toISOString();
const rest: ExchangeState = { phase: "idle", lastExchangeAt: minutesAgo(3) };

const contact = (account: string, minutes: number, said: Partial<DeviceContact> = {}): DeviceContact => ({
  account,
  device: `${account}-${minutes}`,
  lastContactAt: minutesAgo(minutes),
  waiting: 0,
  appVersion: "1.4.0",
  tooOld: false,
  ...said,
});

/** One works on two devices, one was long silent with something unsent, one has never exchanged. */
const devices: readonly DeviceContact[] = [
  contact("giamsat-danang", 3),
  contact("canbo-haivan", 12, { waiting: 4 }),
  contact("canbo-haivan", 40_000, { waiting: 1, appVersion: "1.2.0", tooOld: true }),
];

/** What the device of this person holds in each state; an unknown state does not compile. */
export function worldOf(person: Person, state: ScreenState): World {
  const local = { keepNames };
  const base = {
    people: [signedIn(person)],
    open: true,
    drafts,
    local,
    centre: "fine",
    devices: ok(devices),
  } as const;
  const seesFiles = person !== "administrator";
  const mine = seesFiles ? files(person) : [];
  switch (state) {
    case "empty":
      return {
        ...base,
        rows: person === "administrator" ? [] : directory,
        drafts: [],
        local: {},
        exchange: { phase: "idle" },
        devices: ok([]),
      };
    case "filled":
      return { ...base, rows: [...directory, ...mine], exchange: rest, recovery: recoveryKeys.ours };
    case "error":
      return { ...base, rows: [...directory, ...mine], exchange: rest, centre: "WrongPassword" };
    case "offline":
      return {
        ...base,
        rows: [...directory, ...withUnsent(mine)],
        exchange: { phase: "offline", fault: { kind: "offline" }, lastExchangeAt: minutesAgo(1_500) },
        devices: err({ type: "NoConnection" }),
      };
    case "refused":
      return {
        ...base,
        rows: [...directory, ...withRefused(mine)],
        exchange: { phase: "error", fault: { kind: "forbidden" }, lastExchangeAt: minutesAgo(90) },
      };
    default:
      throw new Error(`nobody can bring about the state "${String(state satisfies never)}"`);
  }
}
