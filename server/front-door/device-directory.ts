// Publishes the public keys of devices in the directory, so that colleagues' devices know them without a network (D3, D19).
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { newRecord, type Acting } from "#src/domain/commands/command.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { uuidOf } from "#src/domain/record/ids.ts";
import { device as definition, type Device } from "#src/domain/records/device.ts";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { putOnTop } from "#server/couch-client/put-on-top.ts";
import { OURSELVES } from "./ourselves.ts";

/** What a device says of its keys. */
export const publicKeysSchema = z.strictObject({
  agePublicKey: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
  // 32 bytes.
  signingPublicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
type PublicKeys = z.output<typeof publicKeysSchema>;

/** `taken`: the device's id is known by other keys, which stay; `tooMany`: of the account's devices. */
export type Published = "published" | "taken" | "tooMany";

export interface DeviceDirectory {
  publish(account: string, deviceId: string, keys: PublicKeys): Promise<Published>;
  /** From now on nothing is sealed for it, and its signature does not count, until it is published again. */
  retire(account: string, deviceId: string): Promise<void>;
  /** All of an account: whoever knows its password brings a device back with its next contact. */
  retireAll(account: string): Promise<void>;
  /** Undefined for one that nobody published, and for one that is retired. */
  known(account: string, deviceId: string): Promise<PublicKeys | undefined>;
}

/** Ever made of one account: nobody shall fill what every device reads. */
const MOST_OF_ACCOUNT = 100;

/** Names account and device without a sign that either could hold. */
const recordId = (account: string, deviceId: string): string =>
  `device:${uuidOf(
    createHash("sha256")
      .update(JSON.stringify([account, deviceId]))
      .digest()
      .subarray(0, 16),
  )}`;

const storedSchema = z.looseObject({
  _id: z.string(),
  _rev: z.string(),
  account: z.string(),
  deviceId: z.string(),
  agePublicKey: z.string(),
  signingPublicKey: z.string(),
  retired: z.boolean().optional(),
});

export function deviceDirectory(deps: {
  admin: CouchClient;
  /** Unix time in milliseconds. */
  now: () => number;
}): DeviceDirectory {
  const { admin } = deps;
  const pathOf = (account: string, deviceId: string) =>
    documentPath(directoryDatabase, recordId(account, deviceId));

  async function read(account: string, deviceId: string) {
    const stored = storedSchema.safeParse(await admin.read(pathOf(account, deviceId))).data;
    return stored?.account === account && stored.deviceId === deviceId ? stored : undefined;
  }

  /** False where somebody wrote at the same moment: a later report finds it as it is then. */
  const write = ({ account, deviceId }: Device, record: Device, rev?: string): Promise<boolean> =>
    putOnTop(admin, pathOf(account, deviceId), {
      ...record,
      _id: record.id,
      ...(rev === undefined ? {} : { _rev: rev }),
    });

  function acting(): Acting {
    const at = instantOf(deps.now());
    const random = (count: number) => new Uint8Array(randomBytes(count));
    const user = { name: OURSELVES, roles: [] };
    return { now: at, deviceTime: at, user, device: "front-door", randomBytes: random };
  }

  async function setRetired(account: string, deviceId: string, retired: boolean): Promise<void> {
    const stored = await read(account, deviceId);
    if (!stored || (stored.retired ?? false) === retired) return;
    const { _id, _rev, ...rest } = stored;
    // Written by `publish`, and by nobody else.
    const record = rest as unknown as Device;
    // Without a history: every device of the country reads it, and this comes and goes.
    const { retired: _, ...lasting } = record;
    const stamps = { updatedAt: instantOf(deps.now()), updatedBy: OURSELVES };
    await write(record, { ...lasting, ...(retired ? { retired } : {}), ...stamps }, _rev);
  }

  return {
    async publish(account, deviceId, keys) {
      const stored = await read(account, deviceId);
      if (stored) {
        const areOurs =
          stored.agePublicKey === keys.agePublicKey && stored.signingPublicKey === keys.signingPublicKey;
        if (areOurs) await setRetired(account, deviceId, false);
        return areOurs ? "published" : "taken";
      }
      const all = await allDocuments(admin, directoryDatabase, "device:");
      if (all.filter((each) => each["account"] === account).length >= MOST_OF_ACCOUNT) return "tooMany";
      const since = instantOf(deps.now());
      const values = { account, deviceId, since, ...keys };
      const record = newRecord(definition, acting(), values, recordId(account, deviceId));
      if (await write(record, record)) return "published";
      const first = await read(account, deviceId);
      return first?.signingPublicKey === keys.signingPublicKey ? "published" : "taken";
    },

    retire: (account, deviceId) => setRetired(account, deviceId, true),

    async retireAll(account) {
      const all = await allDocuments(admin, directoryDatabase, "device:");
      const own = all.flatMap((each) => storedSchema.safeParse(each).data ?? []);
      for (const each of own) if (each.account === account) await setRetired(account, each.deviceId, true);
    },

    async known(account, deviceId) {
      const stored = await read(account, deviceId);
      if (!stored || stored.retired === true) return undefined;
      return { agePublicKey: stored.agePublicKey, signingPublicKey: stored.signingPublicKey };
    },
  };
}
