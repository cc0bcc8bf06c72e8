// The devices that people work on: when each was last in contact, what waits on it, and which version of the app it has (D4).
import { z } from "zod";
import { rolesFor } from "#src/domain/commands/command.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { parseRole } from "#src/domain/roles.ts";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { putOnTop } from "#server/couch-client/put-on-top.ts";
import type { Json } from "#server/couch/json.ts";
import { ownDatabase } from "#server/provision/databases.ts";
import { isOlder, versionPattern } from "#src/domain/app-version.ts";
import { publicKeysSchema, type DeviceDirectory, type Published } from "./device-directory.ts";
import { sitePlaces } from "./site-place.ts";
import type { MinimumApp } from "./version-gate.ts";

const turn = z.string().regex(/^[0-9a-f]{8}$/);

/** What a device says of itself; nothing of whom its records are about. */
const reportSchema = z.strictObject({
  /** Random id of the device, as in `device` of the records it writes. */
  device: z.string().regex(/^[\w-]{1,64}$/),
  appVersion: z.string().regex(versionPattern),
  /** Records that are not yet at the centre. */
  waiting: z.int().min(0).max(1_000_000),
});

const saidSchema = reportSchema.extend({
  /** By which colleagues' devices seal what they hand on by file, and know what it has signed. */
  keys: publicKeysSchema.optional(),
  /** Which copy of the device, where it has found that there are several. */
  copy: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .optional(),
  /** Of this start of the app, and those before it that may have been noted last: a copy does not know them. */
  turn: z.strictObject({ is: turn, was: z.array(turn).max(50) }).optional(),
});

const contactSchema = reportSchema.extend({
  account: z.string(),
  /** UTC instant of the centre. */
  lastContactAt: z.string(),
});
const storedSchema = contactSchema
  // Said by a device, and by which copy of it: whatever was noted counts among its account's.
  .extend({ device: z.string(), turn: turn.optional(), _id: z.string(), _rev: z.string() })
  .strip();
type Stored = z.output<typeof storedSchema>;

/** As a supervisor reads it; `tooOld`: its app may not exchange records any more. */
export type DeviceContact = z.output<typeof contactSchema> & { tooOld: boolean };

/** What became of the keys that a device said, where it did. */
export interface NotedContact {
  keys?: Published;
  /** Its turn is not one that the device has noted last: it was cloned or put back, and is to tell as another. */
  isAnother?: true;
}

export interface DeviceContacts {
  /** Notes a contact now; undefined for what is no report. */
  note(account: string, report: Json): Promise<NotedContact | undefined>;
  /** The devices of everybody who works at a site that somebody with these roles supervises; undefined for no supervisor. */
  seenBy(roles: readonly string[]): Promise<readonly DeviceContact[] | undefined>;
}

/** Signing in on ever new devices shall not fill the record store: of one account the longest silent goes. */
const MOST_DEVICES = 20;

export function deviceContacts(deps: {
  admin: CouchClient;
  /** Unix time in milliseconds. */
  now: () => number;
  minimum: MinimumApp;
  directory: DeviceDirectory;
}): DeviceContacts {
  const { admin, now, minimum, directory } = deps;

  /** A report that came at the same moment is as good as this one. */
  const write = (id: string, document: object) => putOnTop(admin, documentPath(ownDatabase, id), document);

  const devicesOf = async (prefix: string): Promise<readonly Stored[]> =>
    (await allDocuments(admin, ownDatabase, prefix)).flatMap(
      (each) => storedSchema.safeParse(each).data ?? [],
    );

  return {
    async note(account, said) {
      const read = saidSchema.safeParse(said).data;
      if (read === undefined) return undefined;
      const { keys, copy, turn: told, ...itself } = read;
      const report = { ...itself, device: copy === undefined ? itself.device : `${itself.device}-${copy}` };
      const known = await devicesOf(prefixOf(account));
      const before = known.find(({ device }) => device === report.device);
      const turns = told && [told.is, ...told.was];
      if (turns && before?.turn !== undefined && !turns.includes(before.turn)) return { isAnother: true };
      const lastTurn = told?.is ?? before?.turn;
      const lastContactAt = new Date(now()).toISOString();
      await write(prefixOf(account) + report.device, {
        ...report,
        account,
        lastContactAt,
        ...(lastTurn === undefined ? {} : { turn: lastTurn }),
        ...(before === undefined ? {} : { _rev: before._rev }),
      });
      const others = known.filter((each) => each !== before).toSorted(latestFirst);
      for (const { _id, _rev, device } of others.slice(MOST_DEVICES - 1)) {
        await write(_id, { _rev, _deleted: true });
        await directory.retire(account, device);
      }
      return keys === undefined ? {} : { keys: await directory.publish(account, itself.device, keys) };
    },

    async seenBy(roles) {
      if (!roles.some((role) => parseRole(role)?.role === "supervisor")) return undefined;
      const accounts = await accountsBelow(admin, roles);
      const least = await minimum();
      return (await devicesOf(ID_PREFIX))
        .filter(({ account }) => accounts.has(account))
        .toSorted(latestFirst)
        .map(({ _id, _rev, turn: _turn, ...contact }) => ({
          ...contact,
          tooOld: least !== undefined && isOlder(contact.appVersion, least),
        }));
    },
  };
}

const ID_PREFIX = "device:";
const prefixOf = (account: string) => `${ID_PREFIX}${account}:`;
const latestFirst = (a: Stored, b: Stored) => (a.lastContactAt < b.lastContactAt ? 1 : -1);

const accountSchema = z.object({ name: z.string(), roles: z.array(z.string()) });

/** Names of the accounts with a role at a site that these roles supervise. */
async function accountsBelow(admin: CouchClient, roles: readonly string[]): Promise<ReadonlySet<string>> {
  const sites = await sitePlaces(admin);
  const places = new Set(
    sites.filter((site) => rolesFor(roles, site).has("supervisor")).map(({ siteId }) => siteId),
  );
  const accounts = (await allDocuments(admin, directoryDatabase, "account:")).flatMap(
    (each) => accountSchema.safeParse(each).data ?? [],
  );
  const isThere = (role: string) => places.has(parseRole(role)?.place ?? "");
  return new Set(accounts.filter((each) => each.roles.some(isThere)).map(({ name }) => name));
}
