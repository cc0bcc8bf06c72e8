// The databases of an installation: which there are, who may open them, and the rule that guards each.
import { directoryDatabase, identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { memberRoles, staff } from "#src/domain/roles.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, type JsonObject } from "#server/couch/json.ts";
import { designDocument, designId } from "#server/rule/design-document.ts";
import type { PlannedSite } from "./plan.ts";
import type { Step } from "./step.ts";

/** The front door's own state (D1); no device reads it. */
export const ownDatabase = "neo-ve";

interface Wanted {
  name: string;
  members: readonly string[];
  /** Holds records, so the rule stands in it. */
  guarded: boolean;
}

/** Steps that bring databases, their members and the rule to where they should be; none where all is well. */
export async function databaseSteps(sites: readonly PlannedSite[], couch: CouchClient): Promise<Step[]> {
  const wanted: Wanted[] = [
    { name: "_users", members: ["_admin"], guarded: false },
    { name: ownDatabase, members: ["_admin"], guarded: false },
    { name: directoryDatabase, members: [staff], guarded: true },
    ...sites.flatMap((site) => [
      { name: siteDatabase(site.id), members: memberRoles("site", site), guarded: true },
      { name: identityDatabase(site.id), members: memberRoles("identity", site), guarded: true },
    ]),
  ];
  const steps: Step[] = [];
  for (const each of wanted) steps.push(...(await stepsFor(each, couch)));
  return steps;
}

async function stepsFor({ name, members, guarded }: Wanted, couch: CouchClient): Promise<Step[]> {
  const exists = (await couch.read(`/${name}`)) !== undefined;
  const steps: Step[] = [];
  if (!exists) {
    steps.push({
      what: `make database ${name}`,
      run: async () => {
        await couch.write("PUT", `/${name}?q=1`);
      },
    });
  }
  // CouchDB keeps `_users` closed by itself, and takes no other list for it.
  if (name !== "_users") steps.push(...(await securitySteps(name, members, exists, couch)));
  if (guarded) steps.push(...(await ruleSteps(name, exists, couch)));
  return steps;
}

async function securitySteps(
  name: string,
  members: readonly string[],
  exists: boolean,
  couch: CouchClient,
): Promise<Step[]> {
  const wanted = {
    admins: { names: [], roles: ["_admin"] },
    members: { names: [], roles: [...members] },
  };
  const current = exists ? await couch.read(`/${name}/_security`) : undefined;
  if (deepEqual(current, wanted)) return [];
  return [
    {
      what: `set the members of ${name}`,
      run: async () => {
        await couch.write("PUT", `/${name}/_security`, wanted);
      },
    },
  ];
}

async function ruleSteps(name: string, exists: boolean, couch: CouchClient): Promise<Step[]> {
  const path = documentPath(name, designId);
  const wanted: JsonObject = { ...designDocument() };
  const current = exists ? await couch.read(path) : undefined;
  const rev = isObject(current) ? current["_rev"] : undefined;
  const kept = isObject(current)
    ? Object.fromEntries(Object.entries(current).filter(([key]) => key !== "_rev"))
    : undefined;
  if (deepEqual(kept, wanted)) return [];
  return [
    {
      what: `${rev === undefined ? "put" : "renew"} the rule of ${name}`,
      run: async () => {
        await couch.write("PUT", path, rev === undefined ? wanted : { ...wanted, _rev: rev });
      },
    },
  ];
}
