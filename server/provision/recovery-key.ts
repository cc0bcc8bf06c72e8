// The agency's recovery key: the public half goes to the directory, the private half into a file for safe keeping (D5).
import { createHash } from "node:crypto";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { fingerprintOf } from "#src/domain/record/fingerprint.ts";
import { recoveryKey } from "#src/domain/records/recovery-key.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject } from "#server/couch/json.ts";
import { recordStep, type Surroundings } from "./directory.ts";
import type { Step } from "./step.ts";

/** Where the private half is kept. */
export interface IdentityFile {
  /** Its name, for the operator. */
  name: string;
  /** The identity in it (`AGE-SECRET-KEY-1…`); undefined where there is no file. */
  read: () => Promise<string | undefined>;
  /** Makes the file; fails where there is one. */
  write: (identity: string) => Promise<void>;
}

const ID = "recovery_key:agency";

/** Nothing once there is a key: an old one is never replaced, devices have wrapped their data keys to it. */
export async function recoveryKeySteps(
  file: IdentityFile,
  couch: CouchClient,
  around: Surroundings,
): Promise<Step[]> {
  if ((await couch.read(documentPath(directoryDatabase, ID))) !== undefined) return [];
  return [
    {
      what: `make the recovery key; its private half is kept in ${file.name}`,
      run: async () => {
        // A file without an entry in the directory is what an interrupted run left behind.
        const left = await file.read();
        const identity = left ?? (await generateX25519Identity());
        if (left === undefined) await file.write(identity);
        const fields = { recipient: await identityToRecipient(identity) };
        const entry = await recordStep({ definition: recoveryKey, id: ID, fields }, couch, around);
        await entry?.run();
      },
    },
  ];
}

/**
 * What a supervisor compares with the screens of devices. A key in the directory that is not the one in safe keeping was
 * put there by somebody else: whoever holds its private half would open the devices that took it.
 */
export async function recoveryKeyWords(file: IdentityFile, couch: CouchClient): Promise<readonly string[]> {
  const entry = await couch.read(documentPath(directoryDatabase, ID));
  const recipient = isObject(entry) ? entry["recipient"] : undefined;
  if (typeof recipient !== "string") return [];
  const words = [
    `The recovery key's fingerprint: ${fingerprint(recipient)} (devices show it under "Settings").`,
  ];
  const identity = await file.read();
  const kept = identity === undefined ? recipient : await identityToRecipient(identity);
  if (kept === recipient) return words;
  return [
    ...words,
    `CAREFUL: the private half in ${file.name} belongs to another key, ${fingerprint(kept)}.`,
    "Somebody may have exchanged the key in the directory: find out who before anybody signs in on a new device.",
  ];
}

const fingerprint = (key: string): string => fingerprintOf(createHash("sha256").update(key).digest());
