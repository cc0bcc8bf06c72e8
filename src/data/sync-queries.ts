// Queries about what waits, what was refused, what clashes, and which site was last heard from.
import { isUndecided } from "#src/domain/case-file/undecided.ts";
import { rolesFor } from "#src/domain/commands/command.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import type { Site } from "#src/domain/records/site.ts";
import { codeOf } from "./transfer-queries.ts";

/** A record with the case it belongs to, as far as it is on this device; of one that moved away the code is left. */
export interface Placed {
  readonly entry: Entry;
  readonly caseId: string | undefined;
  readonly code: string | undefined;
}

function placed(read: Reader, entry: Entry): Placed {
  const { record } = entry;
  const caseId =
    record.type === "case"
      ? record.id
      : (record.case ??
        read.list("case").find((candidate) => candidate.record.person === record.id)?.record.id);
  return { entry, caseId, code: caseId === undefined ? undefined : codeOf(read, caseId) };
}

export const clashes = (read: Reader): readonly Placed[] =>
  read
    .all()
    .filter((entry) => isUndecided(entry))
    .map((entry) => placed(read, entry));

export const refused = (read: Reader): readonly Placed[] =>
  read
    .all()
    .filter((entry) => entry.sync.state === "refused")
    .map((entry) => placed(read, entry));

/** Not yet at the centre, newest first. */
export const waiting = (read: Reader): readonly Placed[] =>
  read
    .all()
    .filter(({ sync }) => sync.state === "local" || sync.state === "sent")
    .map((entry) => placed(read, entry))
    .toReversed();

/** The latest records that are at the centre, newest first. */
export const latestAtCentre = (read: Reader, count: number): readonly Placed[] =>
  read
    .all()
    .filter(({ sync, database }) => sync.state === "central" && database !== "directory")
    .slice(-count)
    .map((entry) => placed(read, entry))
    .toReversed();

/** Sites below a supervisor and when the newest record of each was made; the longest silent first. */
export function sitesHeardFrom(
  read: Reader,
  roles: readonly string[],
): readonly { readonly site: Site; readonly at: string | undefined }[] {
  const newest = new Map<string, string>();
  for (const { database, record } of read.all()) {
    // Written by whoever supervises: no sign of life of the site.
    if (record.type === "access") continue;
    const at = record.updatedAt ?? record.createdAt;
    if (at > (newest.get(database) ?? "")) newest.set(database, at);
  }
  return read
    .list("site")
    .map(({ record }) => record)
    .filter((site) => site.kind !== "office" && rolesFor(roles, site).has("supervisor"))
    .map((site) => ({ site, at: newest.get(siteDatabase(site.siteId)) }))
    .toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1));
}
