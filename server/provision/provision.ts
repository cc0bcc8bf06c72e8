// Brings a record store to what a plan says: databases, members, rule, sites, accounts, recovery key. Repeatable.
import { site } from "#src/domain/records/site.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { accountSteps, pruneSteps, type AccountOptions } from "./accounts.ts";
import { databaseSteps } from "./databases.ts";
import { recordStep, type Surroundings } from "./directory.ts";
import { readInstallation, writeInstallation, type Country, type Installation } from "./installation.ts";
import type { Plan, PlannedSite } from "./plan.ts";
import { recoveryKeySteps, type IdentityFile } from "./recovery-key.ts";
import type { Step } from "./step.ts";

export interface ProvisionOptions extends AccountOptions {
  /** Disable accounts that the plan does not name. */
  prune: boolean;
  identityFile: IdentityFile;
}

/** The store holds the other country; stores of two countries are never mixed. */
export interface OtherCountry {
  type: "OtherCountry";
  holds: Country;
}

/**
 * Finds out what has to be done; nothing is changed until the steps are run, in their order.
 * @throws CouchFault where the record store cannot be asked
 */
export async function planSteps(
  plan: Plan,
  couch: CouchClient,
  options: ProvisionOptions,
): Promise<Result<readonly Step[], OtherCountry>> {
  const installation = await readInstallation(couch);
  if (installation !== undefined && installation.country !== plan.country)
    return err({ type: "OtherCountry", holds: installation.country });
  const steps = await databaseSteps(plan.sites, couch);
  steps.push(...installationSteps(plan, installation, couch));
  steps.push(...(await recoveryKeySteps(options.identityFile, couch, options)));
  for (const each of plan.sites) steps.push(...(await siteSteps(each, couch, options)));
  for (const each of plan.accounts) steps.push(...(await accountSteps(each, couch, options)));
  if (options.prune) steps.push(...(await pruneSteps(plan.accounts, couch, options)));
  return ok(steps);
}

function installationSteps(
  { country, minimumApp }: Plan,
  installation: Installation | undefined,
  couch: CouchClient,
): Step[] {
  if (installation !== undefined && installation.minimumApp === minimumApp) return [];
  const { minimumApp: _before, ...kept } = installation ?? { country };
  const least = minimumApp === undefined ? "any version" : `versions from ${minimumApp}`;
  return [
    {
      what:
        installation === undefined
          ? `note that the country is ${country}`
          : `let ${least} of the app exchange records`,
      run: () => writeInstallation(couch, { ...kept, ...(minimumApp === undefined ? {} : { minimumApp }) }),
    },
  ];
}

async function siteSteps(
  { id, names, kind, ancestors, timeZone, shortCode, profile, phones }: PlannedSite,
  couch: CouchClient,
  around: Surroundings,
): Promise<Step[]> {
  const fields = { siteId: id, names, kind, ancestors, timeZone, shortCode, profile, phones };
  const step = await recordStep({ definition: site, id: `site:${id}`, fields }, couch, around);
  return step === undefined ? [] : [step];
}

/** Runs steps one after another. @throws CouchFault; what was done before stays done, and another run goes on */
export async function runSteps(steps: readonly Step[], told: (what: string) => void): Promise<void> {
  for (const { what, run } of steps) {
    await run();
    told(what);
  }
}
