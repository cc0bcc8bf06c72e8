// Holds back an app that is older than the operator allows: it saves on its device and sends again once it is updated.
import { appTooOldWord, appVersionHeader } from "#src/domain/ports/exchange.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { readInstallation } from "#server/provision/installation.ts";
import { isOlder, newestOf } from "#src/domain/app-version.ts";
import { refuse } from "./headers.ts";

/** The oldest version that may exchange records; undefined for any. */
export type MinimumApp = () => Promise<string | undefined>;

/** How long what the plan says is remembered: with several front doors, one does not hear of what another provisions. */
const REMEMBERED_MS = 30_000;

/**
 * What holds is the later of the two: the one that this front door was started with, and the one that provisioning has
 * put into the record store.
 */
export function minimumApp(deps: {
  admin: CouchClient;
  /** Unix time in milliseconds. */
  now: () => number;
  minimumApp?: string | undefined;
}): MinimumApp {
  let planned: { version: Promise<string | undefined>; at: number } | undefined;
  return async () => {
    const age = deps.now() - (planned?.at ?? 0);
    if (planned === undefined || age < 0 || age >= REMEMBERED_MS) {
      const version = readInstallation(deps.admin).then((installation) => installation?.minimumApp);
      planned = { version, at: deps.now() };
      // A store that does not answer now may answer the next time.
      version.catch(() => (planned = undefined));
    }
    return newestOf([deps.minimumApp, await planned.version]);
  };
}

/** Undefined where the app may go on. Programs that are not the app say no version and are not asked for one. */
export async function refuseOldApp(request: Request, minimum: MinimumApp): Promise<Response | undefined> {
  const version = request.headers.get(appVersionHeader);
  if (version === null) return undefined;
  const least = await minimum();
  if (least === undefined || !isOlder(version, least)) return undefined;
  return refuse(403, appTooOldWord, `This app is older than ${least}. Update it; what it has saved is kept.`);
}
