// What a device still wrote to a site in the ordinary way after a case had moved from there: brought on, and taken away.
import { z } from "zod";
import { holdsAny } from "#src/domain/commands/command.ts";
import { identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { readAccount } from "#server/couch-client/account.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { carry, leaveMarks, setAside } from "./carry.ts";
import { readLying } from "./lying-record.ts";
import { applyOnBehalf, isErasedThere, type Applied, type Author } from "./on-behalf.ts";
import { rolesAt, sitePlace } from "./site-place.ts";
import { caseAt, casesLeft, childrenOf, hasOtherCase, personAt, type Held } from "./site-records.ts";
import { journalAt, journalsOf, type Journal } from "./transfer-journal.ts";
import { isOnItsWay, siteDatabaseOf } from "./transfers-late.ts";
import type { TransfersDeps } from "./transfers.ts";

/**
 * Looks through the sites that the case has left. A record there was taken under the rule of that site, but perhaps
 * beside what lies elsewhere: it is judged again as its author's. What is refused lies in the inbox then.
 */
export async function gatherStrays(deps: TransfersDeps, journal: Journal): Promise<void> {
  if (isOnItsWay(journal)) return;
  const journals = await journalsOf(deps.admin, journal.case);
  for (const site of journal.left)
    // What lies at a site is of the case that it has, or that has left it last.
    if (site !== journal.site && journalAt(journals, site)?.began === journal.began)
      await gatherAt(deps, journal, site);
}

/**
 * Brings on what came to a site by file, which no device of the site may ever hear of: records of cases that have left it,
 * and names, which do not say themselves of which case they are.
 */
export async function gatherArrived(
  deps: TransfersDeps,
  database: string,
  records: readonly AnyRecord[],
): Promise<void> {
  const place = siteDatabaseOf(database);
  if (!place || records.length === 0) return;
  const { siteId, kind } = place;
  const ids = new Set(records.map(({ id, case: caseId }) => (kind === "site" ? (caseId ?? id) : id)));
  for (const caseId of kind === "site" ? ids : await casesLeft(deps.admin, siteId)) {
    const journal = journalAt(await journalsOf(deps.admin, caseId), siteId);
    if (!journal || journal.site === siteId) continue;
    const isAsked =
      kind === "site" || ids.has((await caseAt(deps.admin, journal.site, caseId))?.person ?? "");
    if (isAsked) await gatherStrays(deps, journal);
  }
}

async function gatherAt(deps: TransfersDeps, journal: Journal, site: string): Promise<void> {
  const { admin } = deps;
  const { case: caseId, site: present } = journal;
  const emptied = new Set<string>();
  const take = async (nameOf: (site: string) => string, strays: readonly Held[]): Promise<void> => {
    const kept: Held[] = [];
    for (const stray of strays) if (await bring(deps, nameOf, { stray, site, present })) kept.push(stray);
    const last = journal.moves.findLast(({ from, movedAt }) => from === site && movedAt !== undefined);
    const mark = { movedTo: present, transfer: last?.transfer ?? "", ofCase: caseId };
    await leaveMarks(admin, nameOf(site), kept, mark);
    if (kept.length > 0) emptied.add(nameOf(site));
  };
  for await (const page of childrenOf(admin, site, caseId)) await take(siteDatabase, page);
  const own = await caseAt(admin, site, caseId);
  if (own) await take(siteDatabase, [own]);
  const persons = new Set([own?.person, await personOf(deps, journal)]);
  for (const id of persons) {
    const held = id === undefined ? undefined : await personAt(admin, site, id);
    if (held && !(await hasOtherCase(admin, site, held.record.id, caseId)))
      await take(identityDatabase, [held]);
  }
  // What the marks have covered is not to remain below them.
  for (const database of emptied) await admin.write("POST", `/${encodeURIComponent(database)}/_compact`, {});
}

/** Whom the case is about, unless the site that has it now has said so alone: it is not to choose whose name comes. */
async function personOf({ admin }: TransfersDeps, { case: caseId, site, left }: Journal) {
  const file = await caseAt(admin, site, caseId);
  const said = file?.record.history?.findLast(({ field, to }) => field === "person" && to === file.person);
  if (said === undefined) return file?.person;
  for (const former of left.filter((each) => each !== site)) {
    const { roles } = await authorAt(admin, { site: former, database: siteDatabase(former) }, said.by);
    if (roles.length > 0) return file?.person;
  }
  return undefined;
}

const accountSchema = z.object({ roles: z.array(z.string()) });

/** Whether all that it says is kept elsewhere now. */
async function bring(
  deps: TransfersDeps,
  nameOf: (site: string) => string,
  { stray, site, present }: { stray: Held; site: string; present: string },
): Promise<boolean> {
  const { admin, now } = deps;
  const { relayedBy, ...record } = stray.record;
  const name = record.updatedBy ?? record.createdBy;
  const lay = { site, database: nameOf(site) };
  const author = await authorAt(admin, lay, name);
  if (name !== record.createdBy && (await readLying(admin, nameOf(present), record.id)).is === "nothing") {
    const maker = await authorAt(admin, lay, record.createdBy);
    // The site's rule has taken it from each in turn; as a whole it would be nobody's.
    if (holdsAny(new Set(author.roles), caseRoles) && holdsAny(new Set(maker.roles), caseRoles))
      return carry(deps, nameOf(site), nameOf(present), stray);
  }
  const options = relayedBy === undefined ? {} : { relayedBy };
  const [applied] = await applyOnBehalf({ admin, now }, nameOf(present), [record], author, options);
  return applied !== undefined && isKept(deps, applied, nameOf(site), stray);
}

async function authorAt(
  admin: CouchClient,
  { site, database }: { site: string; database: string },
  name: string,
): Promise<Author> {
  const placed = accountSchema.safeParse(await readAccount(admin, name)).data?.roles ?? [];
  return { name, roles: rolesAt(database, await sitePlace(admin, site), placed) };
}

function isKept(
  deps: TransfersDeps,
  applied: Applied,
  database: string,
  { record }: Held,
): Promise<boolean> | boolean {
  if (isErasedThere(applied)) return true;
  if (applied.is === "refused") return setAside(deps, database, record, applied.reason);
  return applied.is === "accepted" || applied.is === "already there";
}
