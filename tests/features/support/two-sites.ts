// A case that one site asks another to take over, on a device of somebody who sees both; the front door's part done by hand.
import { answerTransfer } from "#src/domain/commands/answer-transfer.ts";
import { askTransfer } from "#src/domain/commands/ask-transfer.ts";
import { recordConsent } from "#src/domain/commands/record-consent.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { MemoryDisk } from "#src/storage/memory-envelopes.ts";
import { accountOf, allNo, type Desk, hoaVang, openDesk, siteOf } from "./desk.tsx";

export const haiVan = siteOf("vn-gso-20195", "Hải Vân");
export const office = { ...siteOf("vn-gso-48", "Đà Nẵng"), kind: "office" as const, ancestors: [] };
export const jakarta = { ...siteOf("id-kemendagri-31", "Jakarta"), profile: "id" as const };

const sites = [hoaVang, haiVan, office, jakarta];
export const supervisor = "supervisor@vn-gso-48";

/** A desk that knows all sites; by default its person works at both communes. */
export async function deskOfTwo(roles: readonly string[] = ["cadre@vn-gso-20194", "cadre@vn-gso-20195"], disk?: MemoryDisk): Promise<Desk> {
  const desk = await openDesk({ sites, roles, ...(disk ? { disk } : {}) });
  const people = [accountOf("lan", "Chị Lan", ["cadre@vn-gso-20194"]), accountOf("hoa", "Chị Hòa", ["cadre@vn-gso-20195"])];
  await lies(desk, "directory", people);
  return desk;
} // prettier-ignore

/** Records as they come to lie in a database of this device. */
export async function lies(desk: Desk, database: string, records: readonly AnyRecord[]): Promise<void> {
  const changes = records.map((record) => ({ database, record }));
  const written = await desk.work.profile.store.write({ changes });
  if (!written.ok) throw new Error(JSON.stringify(written.error));
}

const consentToSharing = { purpose: "share_for_referral", decision: "given", givenBy: "self" };
export const wish = { toSite: haiVan.siteId, reason: "Chị về sống với mẹ ở Hải Vân.", ground: "consent" };
export const there = siteDatabase(haiVan.siteId);
export const here = siteDatabase(hoaVang.siteId);

/** A case at Hòa Vang whose person agreed to sharing. */
export async function received(desk: Desk): Promise<string> {
  const id = await desk.receive({
    urgentCheck: allNo,
    case: { riskLevel: "medium", nextContactOn: "2026-11-24" },
    consent: { decision: "given", givenBy: "self" },
    person: { displayName: "Đào Thị Hoa", homeArea: { commune: "xã Hải Vân" } },
  });
  await desk.do(recordConsent, { caseId: id, consent: consentToSharing });
  return id;
}

/** Asked, and laid before the other site. @returns ids of the case and of the request */
export async function asked(desk: Desk): Promise<{ id: string; request: string }> {
  const id = await received(desk);
  const [record] = await desk.do(askTransfer, { caseId: id, transfer: wish });
  if (!record) throw new Error("nothing was asked");
  await lies(desk, there, [record]);
  return { id, request: record.id };
}

/** Answered by the other site, and laid before the one that asked. */
export async function answered(
  desk: Desk,
  request: string,
  answer: "accepted" | "declined",
  reason?: string,
): Promise<void> {
  const said = { transferId: request, answer, transferAnswer: { reason } };
  await lies(desk, here, await desk.do(answerTransfer, said));
}

/** The stub, as the front door writes it. */
export const stub = (caseId: string, transfer: string, movedAt: string): AnyRecord => {
  const said = { case: caseId, transfer, toSite: haiVan.siteId, movedAt, caseCode: "HVG-26-7K3QXM-5" };
  return {
    id: "0190f3a0-0000-4000-8000-0000000000aa",
    type: "moved_case",
    version: 1,
    createdAt: movedAt,
    createdBy: "(neo-ve)",
    device: "front-door",
    deviceTime: movedAt,
    ...said,
  };
};
