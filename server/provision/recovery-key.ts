// The agency's recovery key: the public half goes to the directory, the private half into a file for safe keeping (D5).
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { recoveryKey } from "#src/domain/records/recovery-key.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
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
