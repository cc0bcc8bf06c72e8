// The list of country profiles.
import { indonesia } from "./indonesia.ts";
import type { Profile } from "./profile.ts";
import { vietnam } from "./vietnam.ts";

/** The rules a site works under; read from its id while the directory has not arrived. */
export const profileIdOf = (
  siteId: string,
  site: { readonly profile: Profile["id"] } | undefined,
): Profile["id"] => site?.profile ?? (siteId.startsWith("id-") ? "id" : "vn");

export const profiles = { vn: vietnam, id: indonesia } as const satisfies Record<Profile["id"], Profile>;
