// One cookie for all the people who use a device: what the app does for one of them is not done in another's name.
import { accountHeader } from "#src/domain/ports/exchange.ts";
import { refuse } from "./headers.ts";
import { claimedName } from "./session-cookie.ts";

/** Undefined where the session is of the account that the app asks for. Programs that are not the app name none. */
export function refuseOther(request: Request, cookie: string | undefined): Response | undefined {
  const meant = request.headers.get(accountHeader);
  if (meant === null || cookie === undefined || claimedName(cookie) === meant) return undefined;
  return refuse(401, "unauthorized", "Somebody else is signed in on this device.");
}
