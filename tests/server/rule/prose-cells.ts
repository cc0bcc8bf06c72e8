// Sentences of the domain and of the data decisions, each as something somebody tries to write.
import {
  abroad, commune, directory, type Doc, file, hamlet, identity, neighbour, province, region, samples, told, writing,
} from "./sample-site.ts"; // prettier-ignore
import type { Cell } from "./verdict.ts";

const cadre = ["staff", `cadre@${commune}`];
const socialWorker = ["staff", `social_worker@${commune}`];
const supervisor = ["staff", `supervisor@${commune}`];
const provincial = ["staff", `supervisor@${province}`];
const regional = ["staff", `supervisor@${region}`];

const status = (from: string, to: string): Doc => ({ ...samples.status_event, from, to });
const stage = (from: string | undefined, to: string): Doc => {
  const { from: _, ...rest } = samples.stage_event;
  return { ...rest, ...(from === undefined ? {} : { from }), to };
};
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const later = inMinutes(-60);
const by = (name: string, doc: Doc): Doc => ({ ...doc, createdBy: name, ...("updatedBy" in doc ? { updatedBy: name } : {}) }); // prettier-ignore
const edited = (doc: Doc, change: Doc, name = "hoa"): Doc => ({ ...doc, ...change, updatedBy: name, updatedAt: later }); // prettier-ignore
const changing = (roles: readonly string[], newDoc: Doc, oldDoc: Doc, name = "hoa") => writing(file, roles, told(newDoc, oldDoc), oldDoc, name); // prettier-ignore
const removed = (doc: Doc): Doc => ({ _id: doc["_id"], _deleted: true });

type Try = readonly [what: string, expected: Cell["expected"], call: ReturnType<typeof writing>];

/** Legal status: who records the entry. */
const legal: readonly Try[] = [
  ["a cadre records the notice to the health agency", "accepted", writing(file, cadre, status("not_started", "notified"))],
  ["a social worker records the notice", "accepted", writing(file, socialWorker, status("not_started", "notified"))],
  ["a supervisor records the notice", "accepted", writing(file, supervisor, status("not_started", "notified"))],
  ["a supervisor records the verification", "accepted", writing(file, supervisor, status("notified", "initially_verified"))],
  ["a cadre may not record the verification", "role", writing(file, cadre, status("notified", "initially_verified"))],
  ["a social worker may not request identification", "role", writing(file, socialWorker, status("initially_verified", "identification_requested"))],
  ["the province's supervisor requests identification", "accepted", writing(file, provincial, status("initially_verified", "identification_requested"))],
  ["a supervisor records the extension", "accepted", writing(file, supervisor, status("identification_requested", "extended"))],
  ["a supervisor extends once more", "accepted", writing(file, supervisor, status("extended", "extended"))],
  ["nobody extends what was not requested", "schema", writing(file, supervisor, status("notified", "extended"))],
  ["arriving with a paper goes straight to identified", "accepted", writing(file, supervisor, status("not_started", "identified"))],
  ["but a cadre may not record it", "role", writing(file, cadre, status("not_started", "identified"))],
  ["not identified is decided by a supervisor", "accepted", writing(file, supervisor, status("extended", "not_identified"))],
  ["not identified is reopened with new facts", "accepted", writing(file, supervisor, status("not_identified", "identification_requested"))],
  ["not identified does not turn into identified by itself", "schema", writing(file, supervisor, status("not_identified", "identified"))],
  ["identified is not taken back by a step", "schema", writing(file, supervisor, status("identified", "not_identified"))],
  ["a person may withdraw before any notice", "accepted", writing(file, supervisor, status("not_started", "not_pursued"))],
  ["a status does not start from nothing", "schema", writing(file, supervisor, (({ from: _, ...rest }) => rest)(status("not_started", "notified")))],
]; // prettier-ignore

/** Care stage: who records the entry. */
const care: readonly Try[] = [
  ["a cadre receives somebody", "accepted", writing(file, cadre, stage(undefined, "received"))],
  ["a social worker receives somebody", "accepted", writing(file, socialWorker, stage(undefined, "received"))],
  ["a supervisor does not receive", "role", writing(file, supervisor, stage(undefined, "received"))],
  ["a case starts with the reception", "schema", writing(file, cadre, stage(undefined, "community_support"))],
  ["a social worker takes into the facility", "accepted", writing(file, socialWorker, stage("received", "facility_stay"))],
  ["a cadre may not take into the facility", "role", writing(file, cadre, stage("received", "facility_stay"))],
  ["a cadre supports in the community", "accepted", writing(file, cadre, stage("facility_stay", "community_support"))],
  ["the cadre of the residence records the return", "accepted", writing(file, cadre, stage("community_support", "reintegration"))],
  ["a social worker does not record the return", "role", writing(file, socialWorker, stage("facility_stay", "reintegration"))],
  ["nobody returns home straight from reception", "schema", writing(file, cadre, stage("received", "reintegration"))],
  ["a worker asks to close", "accepted", writing(file, socialWorker, stage("reintegration", "closure_requested"))],
  ["a supervisor closes what was asked", "accepted", writing(file, supervisor, stage("closure_requested", "closed"))],
  ["a supervisor closes without being asked", "accepted", writing(file, regional, stage("received", "closed"))],
  ["a worker never closes", "role", writing(file, cadre, stage("closure_requested", "closed"))],
  ["a supervisor sends a request back", "accepted", writing(file, supervisor, stage("closure_requested", "community_support"))],
  ["a worker does not take a request back", "role", writing(file, socialWorker, stage("closure_requested", "reintegration"))],
  ["a supervisor reopens", "accepted", writing(file, provincial, stage("closed", "reintegration"))],
  ["a cadre does not reopen", "role", writing(file, cadre, stage("closed", "received"))],
  ["closed is not reopened into the facility", "schema", writing(file, supervisor, stage("closed", "facility_stay"))],
]; // prettier-ignore

/** D2: a role counts at its place. */
const place: readonly Try[] = [
  ["a role of the neighbouring commune does not count", "role", writing(file, [`cadre@${neighbour}`], samples.note)],
  ["a role below does not count above", "role", writing(file, [`supervisor@${hamlet}`], samples.note)],
  ["a cadre of the province is no cadre of the commune", "role", writing(file, [`cadre@${province}`], samples.note)],
  ["the region's supervisor writes the file", "accepted", writing(file, regional, samples.note)],
  ["the province's supervisor writes the identity", "accepted", writing(identity, provincial, samples.person)],
  ["the region's supervisor does not", "role", writing(identity, regional, samples.person)],
  ["another country's supervisor does not", "role", writing(file, [`supervisor@${abroad}`], samples.case)],
  ["the administrator reads and writes no case", "role", writing(file, ["staff", `administrator@${commune}`], samples.case)],
  ["a role without a place is none", "role", writing(file, ["cadre", "supervisor"], samples.note)],
  ["a place without a role is none", "role", writing(file, [`@${commune}`, `cadre@`], samples.note)],
  ["a role as part of another word is none", "role", writing(file, [`xcadre@${commune}`], samples.note)],
  ["staff alone writes nothing", "role", writing(file, ["staff"], samples.note)],
  ["the directory is written by provisioning only", "role", writing(directory, ["staff", ...supervisor], samples.site)],
  ["even where supervisors are members of it", "role", { ...writing(directory, supervisor, samples.site), secObj: { members: { roles: supervisor } } }],
  ["provisioning writes it", "accepted", writing(directory, ["_admin"], samples.account, null, "operator")],
  ["a person never lies in the file", "place", writing(file, supervisor, samples.person)],
  ["a case never lies with the identity", "place", writing(identity, supervisor, samples.case)],
  ["not even for the operator", "place", writing(directory, ["_admin"], samples.note, null, "operator")],
  ["a role in no member list does not count", "role", { ...writing(file, cadre, samples.note), secObj: {} }],
  ["a supervisor links two files of one person", "accepted", writing(file, supervisor, samples.duplicate)],
  ["a cadre does not", "role", writing(file, cadre, samples.duplicate)],
  ["a site offers its own case", "accepted", writing(file, supervisor, samples.transfer)],
  ["nobody offers another site's case", "place", writing(file, supervisor, { ...samples.transfer, fromSite: neighbour, toSite: commune })],
  ["not even who supervises both", "place", writing(file, provincial, { ...samples.transfer, fromSite: neighbour, toSite: commune })],
  ["the front door lays it before the site that is asked", "accepted", writing(file, ["_admin"], { ...samples.transfer, fromSite: neighbour, toSite: commune }, null, "front-door")],
  ["a site answers for itself", "accepted", writing(file, cadre, samples.transfer_answer)],
  ["nobody answers in another site's name", "place", writing(file, cadre, { ...samples.transfer_answer, bySite: neighbour })],
  ["a site's name that only begins alike is another", "place", writing(file, cadre, { ...samples.transfer_answer, bySite: hamlet })],
  ["an answer never changes", "change", writing(file, cadre, { ...samples.transfer_answer, answer: "declined" }, samples.transfer_answer)],
  ["nobody says that a case has moved", "role", writing(file, supervisor, samples.moved_case)],
  ["the front door says it", "accepted", writing(file, ["_admin"], samples.moved_case, null, "front-door")],
]; // prettier-ignore

/** D10 and D19: nobody changes what was said, nobody deletes, nobody writes for another. */
const authorship: readonly Try[] = [
  ["a visit never changes", "change", writing(file, cadre, { ...samples.followup, note: "khác" }, samples.followup)],
  ["a consent is withdrawn by a new one, not changed", "change", writing(file, supervisor, { ...samples.consent, decision: "withdrawn" }, samples.consent)],
  ["nobody deletes a note", "delete", writing(file, supervisor, removed(samples.note), samples.note)],
  ["nor a case", "delete", writing(file, provincial, removed(samples.case), samples.case)],
  ["nor does another server", "delete", writing(file, ["replicator"], removed(samples.case), samples.case)],
  ["the operator may, by law", "accepted", writing(identity, ["_admin"], removed(samples.person), samples.person, "operator")],
  ["nobody says that somebody brought it in", "author", writing(file, supervisor, { ...samples.note, relayedBy: "hoa" })],
  ["nor changes who it was", "author", changing(cadre, edited({ ...samples.case, relayedBy: "lan" }, { owner: "lan" }), { ...samples.case, relayedBy: "minh" })],
  ["the front door says it", "accepted", writing(file, ["_admin"], { ...samples.note, relayedBy: "lan" }, null, "front-door")],
  ["by the name of an account", "schema", writing(file, ["_admin"], { ...samples.note, relayedBy: ["lan"] }, null, "front-door")],
  ["an edit leaves it as it is", "accepted", changing(cadre, edited({ ...samples.case, relayedBy: "lan" }, { owner: "lan" }), { ...samples.case, relayedBy: "lan" })],
  ["nobody writes a note for another", "author", writing(file, cadre, by("lan", samples.note))],
  ["nor opens a case for another", "author", writing(file, cadre, { ...samples.case, createdBy: "lan" })],
  ["nor edits under another's name", "author", changing(cadre, edited(samples.case, { owner: "lan" }, "lan"), samples.case)],
  ["a colleague edits under the own name", "accepted", changing(socialWorker, edited(samples.case, { owner: "lan" }, "lan"), samples.case, "lan")],
  ["a supervisor is no exception", "author", writing(file, supervisor, by("lan", samples.followup))],
  ["somebody without a name is nobody", "author", writing(file, cadre, samples.note, null, null)],
  ["names are compared to the letter", "author", writing(file, cadre, samples.note, null, "Hoa")],
  ["another server brings everybody's", "accepted", writing(file, ["replicator"], by("lan", samples.note), null, "hub")],
  ["but no key to the centre's directory", "role", writing(directory, ["replicator"], samples.recovery_key, null, "hub")],
  ["no other key either", "role", writing(directory, ["replicator"], edited({ ...samples.recovery_key, recipient: "age1y" }, {}), samples.recovery_key, "hub")],
  ["nor a site, an account or a device", "role", writing(directory, ["replicator"], samples.account, null, "hub")],
  ["a hub takes them along into its own", "accepted", writing(directory, ["replicator", "directory_copy"], samples.recovery_key, null, "replication")],
  ["which alone gives no right", "author", writing(file, [...cadre, "directory_copy"], by("lan", samples.note), null, "hub")],
  ["that a case has moved it brings", "accepted", writing(file, ["replicator"], samples.moved_case, null, "hub")],
  ["the operator too", "accepted", writing(file, ["_admin"], by("lan", edited(samples.case, {}, "lan")), null, "operator")],
  ["a design document is the operator's", "accepted", writing(file, ["_admin"], { _id: "_design/neo-ve" }, null, "operator")],
  ["not a supervisor's", "role", writing(file, supervisor, { _id: "_design/neo-ve" })],
  ["nor another server's", "role", writing(file, ["replicator"], { _id: "_design/neo-ve", _deleted: true })],
]; // prettier-ignore

const risky = (level: string | undefined, more: Doc = {}): Doc => ({
  ...samples.case,
  ...(level === undefined ? {} : { riskLevel: level }),
  ...more,
});
const raised = (by: string, at: string, from?: string): Doc => ({
  history: [
    { id: "0b1c5d0e-0000-4000-8000-0000000000aa", at, by, device: "phone-1", field: "riskLevel", after: [], ...(from === undefined ? {} : { from }), to: "high" },
  ],
}); // prettier-ignore
/** Raised by one, then by another; the entries lie in the order in which they came, not in which they were made. */
const twice: Doc = {
  history: [
    { id: "0b1c5d0e-0000-4000-8000-0000000000ab", at: inMinutes(-50), by: "lan", device: "phone-2", field: "riskLevel", after: ["0b1c5d0e-0000-4000-8000-0000000000aa"], from: "medium", to: "high" },
    { id: "0b1c5d0e-0000-4000-8000-0000000000aa", at: later, by: "hoa", device: "phone-1", field: "riskLevel", after: [], from: "low", to: "medium" },
    { id: "0b1c5d0e-0000-4000-8000-0000000000ac", at: inMinutes(-40), by: "hoa", device: "phone-1", field: "owner", after: [], to: "hoa" },
  ],
}; // prettier-ignore
/** Raised by one; then another changed something else. */
const elsewhere: Doc = {
  history: [
    { id: "0b1c5d0e-0000-4000-8000-0000000000aa", at: later, by: "hoa", device: "phone-1", field: "riskLevel", after: [], from: "low", to: "high" },
    { id: "0b1c5d0e-0000-4000-8000-0000000000ad", at: inMinutes(-40), by: "lan", device: "phone-2", field: "owner", after: [], to: "lan" },
  ],
}; // prettier-ignore
const soon = inMinutes(-1);
const muchLater = inMinutes(1);
/** Raised by one; a colleague has raised it too, without seeing that. */
const beside: Doc = {
  history: [
    { id: "0b1c5d0e-0000-4000-8000-0000000000ae", at: inMinutes(-70), by: "lan", device: "phone-2", field: "riskLevel", after: [], from: "low", to: "high" },
    { id: "0b1c5d0e-0000-4000-8000-0000000000aa", at: later, by: "hoa", device: "phone-1", field: "riskLevel", after: [], from: "low", to: "high" },
  ],
}; // prettier-ignore
const dayBefore = inMinutes(-24 * 60 - 1);

/** D14: lowering the risk is a supervisor's decision; whoever raised it a moment ago by mistake takes that back. */
const risk: readonly Try[] = [
  ["a cadre sets the first level", "accepted", changing(cadre, edited(risky("low"), {}), risky(undefined))],
  ["a cadre raises it", "accepted", changing(cadre, edited(risky("high"), {}), risky("medium"))],
  ["a cadre leaves it and changes the rest", "accepted", changing(cadre, edited(risky("high"), { owner: "lan" }), risky("high"))],
  ["a cadre does not lower it", "role", changing(cadre, edited(risky("medium"), {}), risky("high"))],
  ["a social worker neither", "role", changing(socialWorker, edited(risky("low"), {}), risky("medium"))],
  ["nor takes it away", "role", changing(cadre, edited(risky(undefined), {}), risky("low"))],
  ["a supervisor lowers it", "accepted", changing(supervisor, edited(risky("low"), {}), risky("high"))],
  ["the region's too", "accepted", changing(regional, edited(risky(undefined), {}), risky("high"))],
  ["another server brings what was decided there", "accepted", changing(["replicator"], edited(risky("low"), {}), risky("high"))],
  ["an own slip is taken back", "accepted", changing(cadre, { ...edited(risky("low", raised("hoa", later, "low")), {}), updatedAt: soon }, risky("high", raised("hoa", later, "low")))],
  ["also where a colleague has changed something else since", "accepted", changing(cadre, { ...edited(risky("low", elsewhere), {}), updatedAt: soon }, risky("high", elsewhere))],
  ["also to no answer", "accepted", changing(cadre, { ...edited(risky(undefined, raised("hoa", later)), {}), updatedAt: soon }, risky("high", raised("hoa", later)))],
  ["not further down than it came from", "role", changing(cadre, { ...edited(risky("low", raised("hoa", later, "medium")), {}), updatedAt: soon }, risky("high", raised("hoa", later, "medium")))],
  ["not a colleague's", "role", changing(cadre, { ...edited(risky("low", raised("lan", later, "low")), {}), updatedAt: soon }, risky("high", raised("lan", later, "low")))],
  ["not an hour later", "role", changing(cadre, { ...edited(risky("low", raised("hoa", later, "low")), {}), updatedAt: muchLater }, risky("high", raised("hoa", later, "low")))],
  ["nor when the centre hears of it a day later", "role", changing(cadre, { ...edited(risky("low", raised("hoa", dayBefore, "low")), {}), updatedAt: dayBefore }, risky("high", raised("hoa", dayBefore, "low")))],
  ["nor where a colleague has raised it too", "role", changing(cadre, { ...edited(risky("low", beside), {}), updatedAt: soon }, risky("high", beside))],
  ["nor once a colleague has changed it since", "role", changing(cadre, { ...edited(risky("low", twice), {}), updatedAt: soon }, risky("high", twice))],
]; // prettier-ignore

/** What an answer may be, at its ends. */
const limits: readonly Try[] = [
  ["nobody has fewer children than none", "schema", writing(identity, supervisor, { ...samples.person, childrenCount: -1 })],
  ["somebody may have none", "accepted", writing(identity, supervisor, { ...samples.person, childrenCount: 0 })],
  ["nobody has one and a half", "schema", writing(identity, supervisor, { ...samples.person, childrenCount: 1.5 })],
  ["nobody has a hundred", "schema", writing(identity, supervisor, { ...samples.person, childrenCount: 100 })],
  ["a language is read once", "schema", writing(identity, supervisor, { ...samples.person, languagesRead: ["vi", "vi"] })],
  ["somebody may read several", "accepted", writing(identity, supervisor, { ...samples.person, languagesRead: ["vi", "en"] })],
]; // prettier-ignore

export const proseCells: readonly Cell[] = [
  ...legal,
  ...care,
  ...place,
  ...authorship,
  ...risk,
  ...limits,
].map(([what, expected, call]) => ({ what, expected, ...call }));
