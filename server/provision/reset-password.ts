// A new one-time password for somebody who has forgotten theirs; every session of the account ends with the old one.
import { parseRole } from "#src/domain/roles.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { readAccount, writeAccount } from "#server/couch-client/account.ts";
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isStringArray, type JsonObject } from "#server/couch/json.ts";
import type { AccountOptions } from "./accounts.ts";
import { oneTimePassphrase } from "./passphrase.ts";
import type { Step } from "./step.ts";

export type ResetFault =
  | { type: "UnknownAccount" }
  /** It was taken out of the plan: back into it, then it gets a password anew. */
  | { type: "DisabledAccount" };

const MOST_TRIES = 100;

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
  const planned = await resettable(name, couch);
  if (!planned.ok) return planned;
  return ok({
    what: `give ${name} a new one-time password`,
    run: async () => {
      const password = oneTimePassphrase(randomBytes);
      let account: Result<JsonObject, ResetFault> = planned;
      for (let tries = 1; ; tries++) {
        if (!account.ok) throw new CouchFault(409, `The account "${name}" is not what it was any more.`);
        // With the password the store changes its salt, and with that no session of before is good any more.
        if (await writeAccount(couch, name, { ...account.value, password, oneTimePassword: true })) break;
        // Whoever holds the old password may change it again and again; this one has to hold in the end.
        if (tries === MOST_TRIES) throw new CouchFault(409, `Somebody keeps changing the account "${name}".`);
        account = await resettable(name, couch);
      }
      handOut(name, password);
    },
  });
}

async function resettable(name: string, couch: CouchClient): Promise<Result<JsonObject, ResetFault>> {
  const account = await readAccount(couch, name);
  if (account === undefined) return err({ type: "UnknownAccount" });
  if (account["disabled"] === true) return err({ type: "DisabledAccount" });
  const roles = account["roles"];
  const isOurs = isStringArray(roles) && roles.some((role) => parseRole(role) !== undefined);
  return isOurs ? ok(account) : err({ type: "UnknownAccount" });
}
