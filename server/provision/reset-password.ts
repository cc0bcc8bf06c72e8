// A new one-time password for somebody who has forgotten theirs; every session of the account ends with the old one.
import { parseRole } from "#src/domain/roles.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, isStringArray } from "#server/couch/json.ts";
import type { AccountOptions } from "./accounts.ts";
import { oneTimePassphrase } from "./passphrase.ts";
import type { Step } from "./step.ts";

export type ResetFault =
  | { type: "UnknownAccount" }
  /** It was taken out of the plan: back into it, then it gets a password anew. */
  | { type: "DisabledAccount" };

/**
 * Nothing else of the account changes, and nothing on any device: there the old password goes on opening what is sealed.
 * Accounts of other programs (a replicator) are unknown here: a password that must be changed would lock them out.
 * @throws CouchFault where the record store cannot be asked
 */
export async function resetPasswordStep(
  name: string,
  couch: CouchClient,
  { randomBytes, handOut }: Pick<AccountOptions, "randomBytes" | "handOut">,
): Promise<Result<Step, ResetFault>> {
  const path = documentPath("_users", `org.couchdb.user:${name}`);
  const account = await couch.read(path);
  if (!isObject(account)) return err({ type: "UnknownAccount" });
  if (account["disabled"] === true) return err({ type: "DisabledAccount" });
  const roles = account["roles"];
  const isOurs = isStringArray(roles) && roles.some((role) => parseRole(role) !== undefined);
  if (!isOurs) return err({ type: "UnknownAccount" });
  return ok({
    what: `give ${name} a new one-time password`,
    run: async () => {
      const password = oneTimePassphrase(randomBytes);
      // With the password the store changes its salt, and with that no session of before is good any more.
      await couch.write("PUT", path, { ...account, password, oneTimePassword: true });
      handOut(name, password);
    },
  });
}
