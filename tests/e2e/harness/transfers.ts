// Cases that move between the made-up sites: what the front door would have laid before each.
import { vietnamSites } from "#server/demo/vietnam-plan.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";

type Stories = ReadonlyMap<string, readonly AnyRecord[]>;

/** Ids as they stand in addresses. */
export const movedId = "0190f3a0-0000-4000-8000-0000000000d1";
const refusedId = "0190f3a0-0000-4000-8000-0000000000d2";

/** The case whose site has asked another; the demo tells of one. */
export const askedCase = (stories: Stories): string => offerIn(stories).case ?? "";
export const requestId = (stories: Stories): string => offerIn(stories).id;

function offerIn(stories: Stories): AnyRecord {
  const found = [...stories.values()].flat().find(({ type }) => type === "transfer");
  if (!found) throw new Error("nobody in the demo asks for a transfer");
  return found;
}

/** The demo with what follows: the request at the other site, one that was declined, and a case that has left. */
export function withTransfers(stories: Stories, declinedCase: string): Stories {
  const offer = offerIn(stories);
  const haiVan = siteDatabase(vietnamSites.haiVan);
  const own = stories.get(haiVan) ?? [];
  const stamp = (id: string, of: string) => ({ ...offer, id, case: of, corrects: undefined });
  const { version, createdAt, deviceTime, device } = offer;
  const stamps = { version, createdAt, deviceTime, device, createdBy: "canbo-hoavang" };
  const refused = { ...stamp(refusedId, declinedCase), fromSite: vietnamSites.haiVan, toSite: vietnamSites.hoaVang };
  const answer = {
    ...stamps,
    id: "0190f3a0-0000-4000-8000-0000000000d3",
    type: "transfer_answer",
    case: declinedCase,
    transfer: refusedId,
    answer: "declined",
    bySite: vietnamSites.hoaVang,
    reason: "Xã đang thiếu cán bộ, chưa nhận thêm được.",
  };
  const moved = {
    ...stamps,
    id: "0190f3a0-0000-4000-8000-0000000000d4",
    type: "moved_case",
    case: movedId,
    transfer: refusedId,
    toSite: vietnamSites.facility,
    movedAt: createdAt,
    caseCode: "HVN-26-7K3QXM-5",
  };
  return new Map([...stories, [haiVan, [...own, offer, JSON.parse(JSON.stringify(refused)), answer, moved]]]);
} // prettier-ignore
