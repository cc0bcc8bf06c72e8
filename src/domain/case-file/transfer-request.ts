// What another site asks of this one: to take over a case of which nothing but the request is here yet.
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { Transfer } from "#src/domain/records/transfer.ts";
import type { TransferAnswer } from "#src/domain/records/transfer-answer.ts";
import { answerTo, isAnswer } from "./transfer.ts";

/**
 * `open`: waits for an answer. `accepted`: the case is on its way here. `withdrawn`: taken back after somebody here had
 * accepted, or before anybody answered. `arrived`: the case is here.
 */
export interface TransferRequest {
  readonly entry: Entry<Transfer>;
  readonly state: "open" | "accepted" | "declined" | "withdrawn" | "arrived";
  readonly answer: Entry<TransferAnswer> | undefined;
  /** Somebody here had accepted, and the site that asks had taken it back before. */
  readonly overtaken: boolean;
  /** The site that is asked, and the one that asks; the latter may be absent while the directory has not arrived. */
  readonly site: Site;
  readonly from: Site | undefined;
}

/** Every request that lies in the database of the site that is asked, in the order of arrival. */
export function transferRequests(read: Reader): readonly TransferRequest[] {
  return read.list("transfer").flatMap((entry) => requestOf(read, entry) ?? []);
}

/** One of them; undefined while it is not on this device. */
export const transferRequest = (read: Reader, id: string): TransferRequest | undefined =>
  transferRequests(read).find(({ entry }) => entry.record.id === id);

function requestOf(read: Reader, entry: Entry<Transfer>): TransferRequest | undefined {
  const { record, database } = entry;
  const site = read.get("site", `site:${record.toSite}`)?.record;
  // The sender's own copy is not a request to the one who looks.
  if (!site || database !== siteDatabase(record.toSite)) return undefined;
  const from = read.get("site", `site:${record.fromSite}`)?.record;
  const here = read.ofCase(record.case ?? "").filter((other) => other.database === database);
  const answer = answerTo(record, record.toSite, here);
  const said = answer?.record.answer ?? "open";
  const hasArrived =
    said === "accepted" &&
    read.list("case").some((other) => other.database === database && other.record.id === record.case);
  const overtaken =
    said === "withdrawn" &&
    here
      .filter(isAnswer)
      .some((other) => other.record.transfer === record.id && other.record.answer === "accepted");
  return { entry, state: hasArrived ? "arrived" : said, answer, overtaken, site, from };
}
