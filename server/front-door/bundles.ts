// Takes in what was handed on by file: checked against the signature of the device that made it, written as its author's (D19).
import { createHash, createPublicKey, verify } from "node:crypto";
import { z } from "zod";
import {
  type BundleHead,
  type BundleItem,
  readHead,
  readPart,
  signedBytes,
} from "#src/domain/bundle/bundle.ts";
import { mayBringIn } from "#src/domain/bundle/receivers.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Role } from "#src/domain/roles.ts";
import { readAccount } from "#server/couch-client/account.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { isStringArray, parseJson, type Json } from "#server/couch/json.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import type { Inbox } from "./inbox.ts";
import { applyOnBehalf, isErasedThere, type Applied } from "./on-behalf.ts";
import { rolesAt, type SitePlace, sitePlaces } from "./site-place.ts";
import { gatherArrived } from "./transfer-strays.ts";
import { forwardLate } from "./transfers-late.ts";

export interface BundleDeps {
  readonly admin: CouchClient;
  /** Unix time in milliseconds. */
  readonly now: () => number;
  readonly directory: DeviceDirectory;
  readonly inbox: Inbox;
}

const saidSchema = z.strictObject({
  head: z.string().max(300_000),
  signature: z.string().max(200),
  part: z.string(),
});

/** What became of one record; `kept`: the quarantine inbox has it, so that nothing is lost. */
export type BundleOutcome =
  | { database: string; id: string; is: "accepted" | "already there" | "later" }
  | { database: string; id: string; is: "refused"; reason: string; kept: boolean };

export type BundleRefusal = { status: 400 | 403; error: string; reason: string };

const refused = (status: 400 | 403, error: string, reason: string): BundleRefusal => ({
  status,
  error,
  reason,
});

/**
 * One part of a bundle, whichever came before: the head that is signed names every part by its hash. Coming twice changes
 * nothing, and neither does coming late: what its author or others wrote since stays (`on-behalf.ts`).
 * @throws CouchError 400 for a part that is nested too deeply
 */
export async function takeBundlePart(
  deps: BundleDeps,
  caller: { readonly name: string; readonly roles: readonly string[] },
  body: Json,
): Promise<readonly BundleOutcome[] | BundleRefusal> {
  const said = saidSchema.safeParse(body).data;
  const head = said && readHead(said.head);
  if (!said || !head)
    return refused(400, "bad_request", "head, signature and part are asked for, and nothing else.");
  const sites = await sitesOf(deps.admin);
  const placeOf = (database: string) => sites.get(parseDatabase(database)?.siteId ?? "");
  if (!head.databases.every((database) => mayBringIn(caller.roles, database, placeOf(database))))
    return refused(403, "not_your_sites", "Supervisors bring in what belongs to their own sites.");
  const keys = await deps.directory.known(head.account, head.device);
  if (!keys) return refused(403, "unknown_device", "Nobody here knows the device that signed it.");
  if (!isSigned(keys.signingPublicKey, said.head, said.signature))
    return refused(400, "bad_signature", "It is not as its author's device has made it.");
  const items = partOf(head, said.part);
  if (!items) return refused(400, "not_in_bundle", "The part is not one of this bundle.");
  return bringIn(deps, caller.name, head, items, sites);
}

/** Records lie no deeper in it. */
const MAX_PART_DEPTH = 36;

function partOf({ parts, databases }: BundleHead, text: string): readonly BundleItem[] | undefined {
  const bytes = new TextEncoder().encode(text);
  if (!parts.includes(createHash("sha256").update(bytes).digest("hex"))) return undefined;
  parseJson(bytes, MAX_PART_DEPTH);
  const items = readPart(text);
  return items?.every(({ database }) => databases.includes(database)) === true ? items : undefined;
}

function isSigned(signingPublicKey: string, head: string, signature: string): boolean {
  const x = Buffer.from(signingPublicKey, "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, signedBytes(head), key, Buffer.from(signature, "base64"));
}

async function sitesOf(admin: CouchClient): Promise<ReadonlyMap<string, SitePlace>> {
  const sites = await sitePlaces(admin);
  return new Map(sites.map((site) => [site.siteId, site]));
}

async function bringIn(
  deps: BundleDeps,
  relayedBy: string,
  { account: name }: BundleHead,
  items: readonly BundleItem[],
  sites: ReadonlyMap<string, SitePlace>,
): Promise<readonly BundleOutcome[]> {
  const account = await readAccount(deps.admin, name);
  // The rights that count are those of now: what somebody wrote who has lost them since is for an operator to look at.
  const isOpen = account !== undefined && account["disabled"] !== true;
  const roles = isOpen && isStringArray(account["roles"]) ? account["roles"] : [];
  const outcomes: BundleOutcome[] = [];
  for (const database of new Set(items.map((item) => item.database))) {
    const some = items.filter((item) => item.database === database);
    const site = sites.get(parseDatabase(database)?.siteId ?? "");
    const held = site ? rolesAt(database, site, roles) : [];
    const records = some.map(({ record }) => record);
    const applied = isOpen
      ? await write(deps, database, records, { name, roles, held }, relayedBy)
      : records.map(({ id }): Applied => ({ id, is: "refused", reason: "role: the account is closed" }));
    const kept = await keepRefused(deps.inbox, name, database, some, applied);
    outcomes.push(...applied.map((each) => outcomeOf(database, each, kept)));
  }
  await gather(deps, items, outcomes);
  return outcomes;
}

/** Of a case that has left the site: no device there need ever exchange to bring it on. */
async function gather(
  deps: BundleDeps,
  items: readonly BundleItem[],
  outcomes: readonly BundleOutcome[],
): Promise<void> {
  const taken = outcomes.filter(({ is }) => is === "accepted" || is === "already there");
  for (const database of new Set(taken.map((outcome) => outcome.database))) {
    const ids = new Set(taken.filter((outcome) => outcome.database === database).map(({ id }) => id));
    const some = items.filter((each) => each.database === database && ids.has(each.record.id));
    await gatherArrived(
      deps,
      database,
      some.map(({ record }) => record),
    );
  }
}

/** What belongs to a case that has moved away meanwhile is brought to where it is. */
async function write(
  deps: BundleDeps,
  database: string,
  records: readonly AnyRecord[],
  { name, roles, held }: { name: string; roles: readonly string[]; held: readonly Role[] },
  relayedBy: string,
): Promise<readonly Applied[]> {
  const options = { relayedBy };
  const applied = await applyOnBehalf(deps, database, records, { name, roles: held }, options);
  const isAway = new Set(applied.filter(({ is }) => is === "moved").map(({ id }) => id));
  if (isAway.size === 0) return applied;
  const late = records.filter(({ id }) => isAway.has(id)).map((record) => ({ record }));
  const brought = await forwardLate(deps, database, late, { name, roles }, options);
  return [...applied.filter(({ id }) => !isAway.has(id)), ...brought];
}

/** In one request to the inbox. */
const KEPT_TOGETHER = 50;

async function keepRefused(
  inbox: Inbox,
  account: string,
  database: string,
  items: readonly BundleItem[],
  applied: readonly Applied[],
): Promise<ReadonlySet<string>> {
  const reasons = new Map(
    applied.flatMap((each) => (isFinal(each) && !isErasedThere(each) ? [[each.id, reasonOf(each)]] : [])),
  );
  const turnedBack = items.filter(({ record }) => reasons.has(record.id));
  const kept = new Set<string>();
  for (let at = 0; at < turnedBack.length; at += KEPT_TOGETHER) {
    const records = turnedBack.slice(at, at + KEPT_TOGETHER).map(({ record }) => {
      const reason = reasons.get(record.id) ?? "";
      return { record: { ...record }, state: "refused" as const, reason: reason.slice(0, 2_000) };
    });
    for (const id of await inbox.keep(account, { database, records })) kept.add(id);
  }
  return kept;
}

type NotTaken = Extract<Applied, { is: "refused" | "moved" }>;
const isFinal = (applied: Applied): applied is NotTaken => applied.is === "refused" || applied.is === "moved";
const reasonOf = (applied: NotTaken): string =>
  applied.is === "moved" ? `place: its case has moved to ${applied.to}` : applied.reason;

function outcomeOf(database: string, applied: Applied, kept: ReadonlySet<string>): BundleOutcome {
  const { id } = applied;
  if (isFinal(applied)) return { database, id, is: "refused", reason: reasonOf(applied), kept: kept.has(id) };
  return { database, id, is: applied.is };
}
