// Accounts: in `_users` with roles and a first password, in the directory with a name people know.
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { account } from "#src/domain/records/account.ts";
import { staff } from "#src/domain/roles.ts";
import { accountPath, readAccount } from "#server/couch-client/account.ts";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { isStringArray, type JsonObject } from "#server/couch/json.ts";
import { recordStep, type Surroundings } from "./directory.ts";
import { oneTimePassphrase } from "./passphrase.ts";
import type { PlannedAccount } from "./plan.ts";
import type { Step } from "./step.ts";

export interface AccountOptions extends Surroundings {
  /** The first password of an account that is not one-time; every other gets a random one-time password. */
  lastingPassword?: (name: string) => string | undefined;
  /** Told each one-time password when its account has been made: it is nowhere else to be read. */
  handOut: (name: string, password: string) => void;
}

const directoryId = (name: string) => `account:${name}`;

/** A changed password is never touched; an account that was disabled and is planned again gets a new one-time one. */
export async function accountSteps(
  { name, displayName, roles }: PlannedAccount,
  couch: CouchClient,
  options: AccountOptions,
): Promise<Step[]> {
  const allRoles = [...roles, staff];
  const current = await readAccount(couch, name);
  const steps: Step[] = [];
  if (current === undefined || current["disabled"] === true)
    steps.push(openStep({ name, displayName, roles: allRoles }, current, couch, options));
  else if (!deepEqual(current["roles"], allRoles) || current["displayName"] !== displayName)
    steps.push({
      what: `change roles or name of account ${name}`,
      run: async () => {
        await couch.write("PUT", accountPath(name), { ...current, displayName, roles: allRoles });
      },
    });
  const wanted = {
    definition: account,
    id: directoryId(name),
    fields: { name, displayName, roles },
  };
  const entry = await recordStep(wanted, couch, options);
  return entry === undefined ? steps : [...steps, entry];
}

function openStep(
  { name, displayName, roles }: PlannedAccount,
  current: JsonObject | undefined,
  couch: CouchClient,
  { lastingPassword, handOut, randomBytes }: AccountOptions,
): Step {
  return {
    what: current === undefined ? `make account ${name}` : `open account ${name} again`,
    run: async () => {
      const lasting = lastingPassword?.(name);
      const password = lasting ?? oneTimePassphrase(randomBytes);
      const { disabled: _no, ...kept } = current ?? {};
      await couch.write("PUT", accountPath(name), {
        ...kept,
        type: "user",
        name,
        displayName,
        roles,
        password,
        ...(lasting === undefined ? { oneTimePassword: true } : {}),
      });
      if (lasting === undefined) handOut(name, password);
    },
  };
}

/** Steps that disable the directory's accounts that the plan does not name; their records stay what they are. */
export async function pruneSteps(
  planned: readonly PlannedAccount[],
  couch: CouchClient,
  around: Surroundings,
): Promise<Step[]> {
  const names = new Set(planned.map(({ name }) => directoryId(name)));
  const steps: Step[] = [];
  for (const entry of await listedAccounts(couch)) {
    const { id, name, displayName, roles } = entry;
    if (names.has(id)) continue;
    const user = await readAccount(couch, name);
    if (user !== undefined && user["disabled"] !== true)
      steps.push({
        what: `disable account ${name}`,
        run: async () => {
          // CouchDB has no switch for it: without roles nothing opens, and nobody knows the password.
          const password = Buffer.from(around.randomBytes(32)).toString("base64url");
          await couch.write("PUT", accountPath(name), { ...user, roles: [], disabled: true, password });
        },
      });
    const fields = { name, displayName, roles, disabled: true };
    const listed = await recordStep({ definition: account, id, fields }, couch, around);
    if (listed !== undefined) steps.push(listed);
  }
  return steps;
}

async function listedAccounts(couch: CouchClient) {
  const entries = await allDocuments(couch, directoryDatabase, directoryId(""));
  return entries.flatMap(({ id, name, displayName, roles }) => {
    const isNamed = typeof id === "string" && typeof name === "string" && typeof displayName === "string";
    return isNamed && isStringArray(roles) ? [{ id, name, displayName, roles }] : [];
  });
}
