// A small world for the rule: a commune under a province under a region, its databases, and one record of each type.
import type { SecurityObject } from "#server/rule/record-rule.ts";
import type { RuleCall } from "./verdict.ts";

export const commune = "vn-gso-20194";
export const province = "vn-gso-48";
export const region = "vn-mid";
/** A place below the commune, one beside it, one in another country. */
export const hamlet = "vn-gso-20194-3";
export const neighbour = "vn-gso-20195";
export const abroad = "id-kemendagri-11-01";

export const file = `s-${commune}`;
export const identity = `p-${commune}`;
export const directory = "directory";

const ownPeople = [`cadre@${commune}`, `social_worker@${commune}`, `supervisor@${commune}`];
/** Written down by hand from D2, so that it does not follow what the product computes. */
export const members: Readonly<Record<string, readonly string[]>> = {
  [file]: [...ownPeople, `supervisor@${province}`, `supervisor@${region}`],
  [identity]: [...ownPeople, `supervisor@${province}`],
  [directory]: ["staff"],
};
const securityOf = (database: string): SecurityObject => ({
  members: { roles: members[database] ?? [] },
});

const id = "0b1c5d0e-1111-4222-8333-444455556666";
const caseId = "0b1c5d0e-aaaa-4bbb-8ccc-ddddeeeeffff";
const link = "0b1c5d0e-7777-4888-8999-000011112222";
const at = "2026-03-02T01:00:00.000Z";

export type Doc = Record<string, unknown>;
const doc = (type: string, own: Doc, recordId = id): Doc => ({
  _id: recordId,
  id: recordId,
  type,
  version: 1,
  createdAt: at,
  createdBy: "hoa",
  device: "phone-1",
  deviceTime: at,
  ...own,
});
const ofCase = (type: string, own: Doc): Doc => doc(type, { case: caseId, ...own });
const changing = { updatedAt: at, updatedBy: "hoa" };

/** The least that each type asks for. */
export const samples = {
  person: doc("person", { ...changing }),
  case: doc("case", { ...changing, code: "HVG-26-7K3QXM-5", receivedAt: at }),
  plan_item: ofCase("plan_item", { ...changing, need: "medical", status: "proposed" }),
  consent: ofCase("consent", { purpose: "open_file", decision: "given" }),
  urgent_check: ofCase("urgent_check", { suicidal: true }),
  urgent_action: ofCase("urgent_action", {
    version: 2,
    raisedBy: link,
    flag: "suicidal",
    action: "Đã gọi bác sĩ",
    doneAt: at,
  }),
  note: ofCase("note", { text: "Chị ngủ được rồi." }),
  followup: ofCase("followup", { doneOn: "2026-03-02", outcome: "contact_made" }),
  status_event: ofCase("status_event", { from: "not_started", to: "notified", effectiveOn: "2026-03-02" }),
  stage_event: ofCase("stage_event", {
    from: "received",
    to: "community_support",
    effectiveOn: "2026-03-02",
  }),
  voiding: ofCase("voiding", { target: link, reason: "Ghi nhầm hồ sơ" }),
  duplicate: ofCase("duplicate", { other: link, same: true, reason: "Cùng một người, đã gọi hỏi." }),
  transfer: ofCase("transfer", {
    fromSite: commune,
    toSite: neighbour,
    caseCode: "HVG-26-7K3QXM-5",
    reason: "Chị về sống với mẹ ở xã bên.",
    ground: "consent",
    consent: link,
  }),
  transfer_answer: ofCase("transfer_answer", { transfer: link, answer: "accepted", bySite: commune }),
  moved_case: ofCase("moved_case", {
    transfer: link,
    toSite: neighbour,
    movedAt: at,
    caseCode: "HVG-26-7K3QXM-5",
  }),
  access: ofCase("access", { person: link }),
  site: doc(
    "site",
    {
      ...changing,
      siteId: commune,
      names: { vi: "Xã A", en: "A commune", id: "Komune A" },
      kind: "commune",
      ancestors: [province, region],
      timeZone: "Asia/Ho_Chi_Minh",
      shortCode: "A",
      profile: "vn",
    },
    `site:${commune}`,
  ),
  account: doc("account", { ...changing, name: "lan", displayName: "Lan", roles: ["staff"] }, "account:lan"),
  device: doc(
    "device",
    {
      ...changing,
      account: "lan",
      deviceId: "phone-1",
      agePublicKey: "age1x",
      signingPublicKey: "AAAA",
      since: at,
    },
    "device:1",
  ),
  recovery_key: doc("recovery_key", { ...changing, recipient: "age1x" }, "recovery_key:1"),
} satisfies Record<string, Doc>;
export type SampleType = keyof typeof samples;

export const databaseOf = (type: SampleType): string => {
  if (type === "person") return identity;
  return type === "site" || type === "account" || type === "device" || type === "recovery_key"
    ? directory
    : file;
};
export const changeable: readonly SampleType[] = ["person", "case", "plan_item", "site", "account", "device", "recovery_key"]; // prettier-ignore

const stampNames = ["relayedBy", "_id", "_rev", "version", "updatedAt", "updatedBy", "history"];
/** Entries of a history, if it is one. */
export const entriesOf = (doc: Doc): readonly Doc[] =>
  Array.isArray(doc["history"]) ? doc["history"].filter((entry) => typeof entry === "object" && entry !== null) : []; // prettier-ignore

/** The new record with an entry for each field that changed, signed and dated as the record is, on top of all that were. */
export function told(newDoc: Doc, oldDoc: Doc): Doc {
  const names = new Set([...Object.keys(newDoc), ...Object.keys(oldDoc)]);
  const changed = [...names].filter(
    (name) => !stampNames.includes(name) && JSON.stringify(newDoc[name]) !== JSON.stringify(oldDoc[name]),
  );
  const history = entriesOf(newDoc);
  const fresh = changed.map((field, index): Doc => ({
    id: `0b1c5d0e-0000-4000-8000-eeeeeeee${String(index).padStart(4, "0")}`,
    at: newDoc["updatedAt"],
    by: newDoc["updatedBy"],
    device: "phone-1",
    field,
    ...(oldDoc[field] === undefined ? {} : { from: oldDoc[field] }),
    ...(newDoc[field] === undefined ? {} : { to: newDoc[field] }),
    after: history.filter((entry) => entry["field"] === field).map(({ id }) => id),
  }));
  return fresh.length === 0 ? newDoc : { ...newDoc, history: [...history, ...fresh] };
}

/** Somebody, signed in as the author of the samples unless named, writing into a database. */
export function writing(
  database: string,
  roles: readonly string[],
  newDoc: Doc,
  oldDoc: Doc | null = null,
  name: string | null = "hoa",
): RuleCall {
  return { newDoc, oldDoc, userCtx: { db: database, name, roles }, secObj: securityOf(database) };
}
